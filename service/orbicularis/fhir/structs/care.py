"""Encounter, ServiceRequest and DiagnosticReport."""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    CodeOrReference,
    Element,
    Period,
    Reference,
    Timing,
)
from orbicularis.fhir.structs.glance import EncounterReason


class Encounter(Element):
    """Encounter: reasonCode and period in R4, reason and actualPeriod in R5."""

    status: str | None = None
    period: Period | None = None
    actual_period: Period | None = None
    reason_code: list[CodeableConcept] | None = None
    reason: list[EncounterReason] | None = None


class ServiceRequest(Element):
    """ServiceRequest: an order."""

    status: str | None = None
    do_not_perform: bool | None = None
    code: CodeOrReference | None = None
    encounter: Reference | None = None
    authored_on: str | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None
    occurrence_timing: Timing | None = None


class DiagnosticReport(Element):
    """DiagnosticReport: whether there is something to read in it."""

    status: str | None = None
    code: CodeableConcept | None = None
    encounter: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    issued: str | None = None
    result: list[Reference] | None = None
    conclusion: str | None = None
    conclusion_code: msgspec.Raw = ABSENT
    presented_form: msgspec.Raw = ABSENT
