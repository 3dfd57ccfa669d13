"""Observation and its components."""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    Element,
    Period,
    Quantity,
    Range,
    Reference,
    Timing,
)


class ReferenceRange(Element):
    """Observation.referenceRange."""

    low: Quantity | None = None
    high: Quantity | None = None
    type: CodeableConcept | None = None
    applies_to: list[CodeableConcept] | None = None
    age: Range | None = None


class Measured(Element):
    """What an Observation and its components have in common: a question and an answer."""

    code: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    value_boolean: bool | None = None
    value_integer: int | None = None
    value_range: msgspec.Raw = ABSENT
    value_ratio: msgspec.Raw = ABSENT
    value_sampled_data: msgspec.Raw = ABSENT
    value_time: msgspec.Raw = ABSENT
    value_date_time: msgspec.Raw = ABSENT
    value_period: msgspec.Raw = ABSENT
    value_attachment: msgspec.Raw = ABSENT
    value_reference: msgspec.Raw = ABSENT
    data_absent_reason: CodeableConcept | None = None
    interpretation: list[CodeableConcept] | None = None
    reference_range: list[ReferenceRange] | None = None


class Component(Measured):
    """Observation.component."""


class Observation(Measured):
    """Observation."""

    status: str | None = None
    focus: list[Reference] | None = None
    encounter: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    effective_timing: Timing | None = None
    effective_instant: str | None = None
    issued: str | None = None
    body_site: CodeableConcept | None = None
    component: list[Component] | None = None
    has_member: list[Reference] | None = None
