"""One resource after the first look at it."""

from collections.abc import Hashable
from dataclasses import dataclass, field

import msgspec

from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.structs.element import is_sent
from orbicularis.fhir.structs.glance import Glance

LONGEST_ID = 80

_raws: Decode[list[msgspec.Raw] | None] = Decode(list[msgspec.Raw] | None)
_glance: Decode[Glance] = Decode(Glance)


@dataclass(slots=True)
class Tally:
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
    kinds: set[str] = field(default_factory=set)
    outcomes: list[msgspec.Raw] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A resource with what the first look told, and where it stood."""

    glance: Glance
    raw: msgspec.Raw
    full_url: str | None
    origin: Origin
    tally: Tally

    @property
    def kind(self) -> str:
        """The resource type."""
        return self.glance.resource_type or ""

    @property
    def name(self) -> str:
        """``Type/id``; without an id the URL of the entry, and without that the type."""
        return named(self.kind, self.glance.id) or (
            self.full_url[: 2 * LONGEST_ID] if self.full_url else f"{self.kind} without id"
        )

    @property
    def identity(self) -> Hashable:
        """Equal for versions and copies of one resource."""
        return (
            self.origin is Origin.DRAFTS,
            self.kind,
            self.glance.id or self.full_url or bytes(self.raw),
        )

    @property
    def owner(self) -> str | None:
        """The reference that tells whose it is."""
        reference = self.glance.subject or self.glance.patient
        return reference.reference if reference else None

    def record(self) -> Record:
        """Make the record that will be read.

        Raises:
            Unreadable: when what it contains is no list of resources.
        """
        contained = {
            f"#{inner.id}": raw for raw, inner in self.contained() if inner.id is not None
        }
        return Record(self.kind, self.name, self.raw, self.origin, contained)

    def contained(self) -> list[tuple[msgspec.Raw, Glance]]:
        """The resources that it contains, each after a first look.

        Raises:
            Unreadable: when they are no list of resources.
        """
        if not is_sent(self.glance.contained):
            return []
        return [(raw, _glance(raw)) for raw in _raws(self.glance.contained) or ()]


def named(kind: str | None, identifier: str | None) -> str | None:
    """``Type/id``, when there is an id."""
    return f"{kind}/{identifier[:LONGEST_ID]}" if identifier else None
