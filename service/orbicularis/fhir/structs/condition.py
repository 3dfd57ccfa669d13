"""Condition."""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    Element,
    Period,
    Quantity,
    Range,
    Reference,
)


class Condition(Element):
    """Condition: a problem, a diagnosis, or a symptom worth a place on a list."""

    code: CodeableConcept | None = None
    # A bare code is what it was before R4, and what some servers still send.
    clinical_status: CodeableConcept | str | None = None
    verification_status: CodeableConcept | str | None = None
    body_site: list[CodeableConcept] | None = None
    encounter: Reference | None = None
    onset_date_time: str | None = None
    onset_age: Quantity | None = None
    onset_period: Period | None = None
    onset_range: Range | None = None
    abatement_date_time: str | None = None
    abatement_age: Quantity | None = None
    abatement_period: Period | None = None
    abatement_range: Range | None = None
    abatement_string: msgspec.Raw = ABSENT
    recorded_date: str | None = None
