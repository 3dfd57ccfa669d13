"""Patient and FamilyMemberHistory."""

from orbicularis.fhir.structs.element import CodeableConcept, Element


class Patient(Element):
    """Patient: age and sex."""

    gender: str | None = None
    birth_date: str | None = None


class FamilyCondition(Element):
    """FamilyMemberHistory.condition."""

    code: CodeableConcept | None = None


class FamilyMemberHistory(Element):
    """FamilyMemberHistory: what relatives have."""

    status: str | None = None
    date: str | None = None
    relationship: CodeableConcept | None = None
    condition: list[FamilyCondition] | None = None
