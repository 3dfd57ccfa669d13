"""One resource after the first look at it."""

from collections.abc import Hashable
from functools import partial

import msgspec

from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.source import Source
from orbicularis.fhir.structs.element import ABSENT, Reference, is_sent
from orbicularis.fhir.structs.glance import Glance
from orbicularis.fhir.uses import Use

LONGEST_ID = 80

_text: Decode[str | int | None] = Decode(str | int | None)
_raws: Decode[list[msgspec.Raw] | None] = Decode(list[msgspec.Raw] | None)
_glance: Decode[Glance] = Decode(Glance)
_reference: Decode[Reference | None] = Decode(Reference | None)


class Tally(msgspec.Struct):
    """What one source held.

    Attributes:
        own: how many records of the patient.
        others: how many of somebody else.
        unreadable: how many were skipped.
        kinds: the resource types of the patient's records.
        outcomes: OperationOutcomes among the entries.
    """

    own: int = 0
    others: int = 0
    unreadable: int = 0
    kinds: set[str] = msgspec.field(default_factory=set)
    outcomes: list[msgspec.Raw] = msgspec.field(default_factory=list)

    def count(self, kind: str) -> None:
        """Count a record of the patient."""
        self.own += 1
        self.kinds.add(kind)


class Item(msgspec.Struct, frozen=True):
    """A resource with what the first look told, and where it stood.

    Attributes:
        kind: resource type.
        glance: the first look.
        source: where it stood.
        number: at which place there.
        origin: in which part of the request.
        tally: that of its source.
        url: the URL of its entry, undecoded.
        placed: True for an order that is being placed.
        use: of what use it is; None when it has to be looked at for that.
    """

    kind: str
    glance: Glance
    source: Source
    number: int
    origin: Origin
    tally: Tally
    url: msgspec.Raw = ABSENT
    placed: bool = False
    use: Use | None = None

    @property
    def id(self) -> str | None:
        """Its logical id."""
        return text_of(self.glance.id)

    @property
    def full_url(self) -> str | None:
        """The URL of its entry."""
        return text_of(self.url)

    @property
    def raw(self) -> msgspec.Raw:
        """The whole of it, undecoded."""
        return self.source.whole(self.number)

    @property
    def name(self) -> str:
        """``Type/id``; without an id the URL of the entry, and without that the type."""
        if identifier := self.id:
            return f"{self.kind}/{identifier[:LONGEST_ID]}"
        return (self.full_url or "")[: 2 * LONGEST_ID] or f"{self.kind} without id"

    @property
    def names(self) -> list[str]:
        """Everything by which others may refer to it."""
        identifier, full_url = self.id, self.full_url
        own = [f"{self.kind}/{identifier}"] if identifier else []
        return [*own, full_url] if full_url else own

    @property
    def identity(self) -> Hashable:
        """Equal for versions and copies of one resource."""
        named = self.id or self.full_url or bytes(self.raw)
        return (self.origin is Origin.DRAFTS, self.kind, named)

    def owner(self) -> str | None:
        """The reference that tells whose it is; None when nothing does.

        Raises:
            Unreadable: when that part is no reference.
        """
        for part in (self.glance.subject, self.glance.patient):
            if is_sent(part):
                reference = _reference(part)
                return reference.reference if reference else None
        return None

    def record(self, *, may_speak: bool = True) -> Record:
        """Make the record that will be read.

        Args:
            may_speak: True when an index finding may stand in it.

        Raises:
            Unreadable: when what it contains is no list of resources.
        """
        contained = {f"#{text_of(inner.id)}": raw for raw, inner in self.contained()}
        whole = partial(self.source.whole, self.number)
        return Record(
            self.kind,
            self.name,
            whole,
            self.origin,
            contained,
            placed=self.placed,
            may_speak=may_speak,
        )

    def contained(self) -> list[tuple[msgspec.Raw, Glance]]:
        """The resources that it contains, each after a first look.

        Raises:
            Unreadable: when they are no list of resources.
        """
        if self.glance.contained is ABSENT or not is_sent(self.glance.contained):
            return []
        return [(raw, _glance(raw)) for raw in _raws(self.glance.contained) or ()]

    def contains_patient(self, reference: str) -> bool:
        """Tell whether the reference means a Patient that it contains.

        Raises:
            Unreadable: when what it contains is no list of resources.
        """
        return any(
            inner.resource_type == "Patient" and reference == f"#{text_of(inner.id)}"
            for _, inner in self.contained()
        )


def text_of(raw: msgspec.Raw) -> str | None:
    """An id or a URL; None when there is none, or when it is neither text nor number."""
    try:
        text = _text(raw) if is_sent(raw) else None
    except Unreadable:
        return None
    return None if text is None else str(text)
