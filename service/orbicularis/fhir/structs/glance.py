"""The one look that every resource gets: just enough to dismiss most of them.

The struct is the union of what tells relevance in the kinds of resource that are read. Its
parts stay raw: a part that does not matter costs nothing, and its shape cannot matter either.
"""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    CodeableReference,
    Element,
)


class Glance(Element):
    """What decides whether a resource is read at all."""

    resource_type: str | None = None
    id: msgspec.Raw = ABSENT
    code: msgspec.Raw = ABSENT
    subject: msgspec.Raw = ABSENT
    patient: msgspec.Raw = ABSENT
    value_codeable_concept: msgspec.Raw = ABSENT
    value_string: msgspec.Raw = ABSENT
    body_site: msgspec.Raw = ABSENT
    component: msgspec.Raw = ABSENT
    contained: msgspec.Raw = ABSENT
    has_member: msgspec.Raw = ABSENT
    result: msgspec.Raw = ABSENT
    medication_codeable_concept: msgspec.Raw = ABSENT
    medication_reference: msgspec.Raw = ABSENT
    medication: msgspec.Raw = ABSENT
    condition: msgspec.Raw = ABSENT
    reason_code: msgspec.Raw = ABSENT
    reason: msgspec.Raw = ABSENT


class CodedPart(Element):
    """A component of an Observation or a condition of a FamilyMemberHistory, at a glance."""

    code: CodeableConcept | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None


class EncounterReason(Element):
    """Encounter.reason (R5)."""

    value: list[CodeableReference] | None = None


class Holder(Element):
    """What a record that contains others says of them too."""

    status: str | None = None
