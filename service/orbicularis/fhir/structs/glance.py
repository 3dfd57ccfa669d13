"""The one look that every resource gets: just enough to dismiss most of them.

The struct is the union of what tells relevance in the kinds of resource that are read. Parts
that only some kinds have stay raw, and are decoded for these kinds alone.
"""

import msgspec

from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    CodeableReference,
    CodeOrReference,
    Element,
    Reference,
)


class Head(Element):
    """What names a resource, where nothing else of it can be read."""

    resource_type: str | None = None
    id: str | None = None
    subject: msgspec.Raw = ABSENT
    patient: msgspec.Raw = ABSENT


class Glance(Element):
    """What decides whether a resource is read at all."""

    resource_type: str | None = None
    id: str | None = None
    code: CodeOrReference | None = None
    subject: Reference | None = None
    patient: Reference | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    body_site: msgspec.Raw = ABSENT
    component: msgspec.Raw = ABSENT
    contained: msgspec.Raw = ABSENT
    has_member: msgspec.Raw = ABSENT
    result: msgspec.Raw = ABSENT
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
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


class Parent(Element):
    """What a record that holds others (contained, or as members) says of them too."""

    status: str | None = None
