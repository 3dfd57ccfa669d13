"""Procedure."""

from orbicularis.fhir.structs.element import (
    CodeableConcept,
    Element,
    Period,
    Quantity,
    Range,
    Reference,
    Timing,
)


class Procedure(Element):
    """Procedure: performed[x] in R4, occurrence[x] and recorded in R5."""

    status: str | None = None
    code: CodeableConcept | None = None
    body_site: list[CodeableConcept] | None = None
    encounter: Reference | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    performed_age: Quantity | None = None
    performed_range: Range | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None
    occurrence_age: Quantity | None = None
    occurrence_range: Range | None = None
    occurrence_timing: Timing | None = None
    recorded: str | None = None
