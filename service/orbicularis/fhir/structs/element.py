"""FHIR data types, as far as they are read.

Everything is optional and JSON null counts as left out, because real data break the rules of
cardinality. A part whose content is never looked at is kept as ``msgspec.Raw``, so that its
shape cannot matter.
"""

import msgspec

ABSENT = msgspec.Raw()
"""Stands for an element that was not sent."""


def is_sent(part: msgspec.Raw) -> bool:
    """Tell whether an element that is kept raw was sent with anything in it."""
    return bytes(part) not in (b"", b"null", b"[]", b"{}", b'""')


class Element(msgspec.Struct, rename="camel", gc=False):
    """A FHIR element; fields carry the JSON names of the specification in camel case."""


class Coding(Element):
    """Coding: a code of a code system."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class CodeableConcept(Element):
    """CodeableConcept: a meaning, as codes, text, or both."""

    coding: list[Coding] | None = None
    text: str | None = None


class Reference(Element):
    """Reference: to another resource."""

    reference: str | None = None
    display: str | None = None


class CodeableReference(Element):
    """CodeableReference (R5): a meaning or a resource."""

    concept: CodeableConcept | None = None
    reference: Reference | None = None


class CodeOrReference(CodeableConcept):
    """What is a CodeableConcept in R4 and a CodeableReference of the same name in R5."""

    concept: CodeableConcept | None = None
    reference: Reference | None = None

    @property
    def meaning(self) -> CodeableConcept:
        """The concept, in whichever shape it was sent."""
        return self if self.concept is None else self.concept


class Period(Element):
    """Period: from start to end; without an end it still goes on."""

    start: str | None = None
    end: str | None = None


class Quantity(Element):
    """Quantity and its profiles; a number in quotation marks is read as well."""

    value: float | str | None = None
    comparator: str | None = None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


class Range(Element):
    """Range: two quantities."""

    low: Quantity | None = None
    high: Quantity | None = None


class TimingRepeat(Element):
    """Timing.repeat: the outer bounds."""

    bounds_period: Period | None = None


class Timing(Element):
    """Timing: single events, or a schedule within bounds."""

    event: list[str] | None = None
    repeat: TimingRepeat | None = None
