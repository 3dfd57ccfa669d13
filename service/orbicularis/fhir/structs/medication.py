"""Medication and the three records of its use."""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    CodeableReference,
    Element,
    Period,
    Reference,
    Timing,
)


class Ingredient(Element):
    """Medication.ingredient: itemCodeableConcept and itemReference in R4, item in R5."""

    item_codeable_concept: CodeableConcept | None = None
    item_reference: Reference | None = None
    item: CodeableReference | None = None
    is_active: bool | None = None


class Medication(Element):
    """Medication: what a medicine is and what is in it."""

    code: CodeableConcept | None = None
    ingredient: list[Ingredient] | None = None


class Medicated(Element):
    """What all records of use have in common; ``medication`` is the R5 shape."""

    status: str | None = None
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    medication: CodeableReference | None = None
    encounter: Reference | None = None


class Dosage(Element):
    """Dosage: when it is taken."""

    timing: Timing | None = None


class DispenseRequest(Element):
    """MedicationRequest.dispenseRequest: for how long the prescription is good."""

    validity_period: Period | None = None


class MedicationRequest(Medicated):
    """MedicationRequest: a prescription."""

    intent: str | None = None
    do_not_perform: bool | None = None
    authored_on: str | None = None
    status_changed: str | None = None
    prior_prescription: msgspec.Raw = ABSENT
    dosage_instruction: list[Dosage] | None = None
    dispense_request: DispenseRequest | None = None


class Adherence(Element):
    """MedicationStatement.adherence (R5)."""

    code: CodeableConcept | None = None


class MedicationStatement(Medicated):
    """MedicationStatement: what somebody says is taken; context in R4, encounter in R5."""

    context: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    effective_timing: Timing | None = None
    date_asserted: str | None = None
    adherence: Adherence | None = None


class MedicationAdministration(Medicated):
    """MedicationAdministration: effective[x] in R4, occurence[x] (so spelt) in R5."""

    context: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    occurence_date_time: str | None = None
    occurence_period: Period | None = None
    occurence_timing: Timing | None = None
