"""Records: relevant resources, still undecoded, with where they came from."""

from collections.abc import Callable
from enum import Enum, auto

import msgspec

from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.moments import moment
from orbicularis.fhir.structs.bundle import Versioned


class Origin(Enum):
    """Where in a request a resource stood."""

    PREFETCH = auto()
    DRAFTS = auto()
    PROBLEMS = auto()


class Record(msgspec.Struct, frozen=True, eq=False):
    """A resource that will be decoded whole.

    Attributes:
        kind: resource type.
        reference: ``Type/id``, or what else names it.
        whole: gives its JSON.
        origin: where it stood.
        contained: the JSON of resources that it contains, by ``#id``.
        parent: the record that contains it.
        placed: True for an order that is being placed.
        may_speak: True when an index finding may stand in it.
    """

    kind: str
    reference: str
    whole: Callable[[], msgspec.Raw]
    origin: Origin
    contained: dict[str, msgspec.Raw]
    parent: "Record | None" = None
    placed: bool = False
    may_speak: bool = True

    @property
    def raw(self) -> msgspec.Raw:
        """Its JSON."""
        return self.whole()

    def replaces(self, other: "Record") -> bool:
        """Tell whether this is the newer version of the same resource.

        Versions that tell nothing of their age are put in an order all the same, so that the
        order in which they were sent makes no difference. A problem that the hook itself
        carries was just created, and replaces what was known of it.
        """
        return self._age > other._age

    @property
    def _age(self) -> tuple[bool, float, int, int, bytes]:
        return (self.origin is Origin.PROBLEMS, *_age_of(self.raw))


_versioned: Decode[Versioned] = Decode(Versioned)


def _age_of(raw: msgspec.Raw) -> tuple[float, int, int, bytes]:
    content = bytes(raw)
    try:
        meta = _versioned(raw).meta
    except Unreadable:
        meta = None
    updated = moment(meta.last_updated) if meta else None
    version = (meta.version_id or "") if meta else ""
    number = int(version) if version.isdecimal() and len(version) <= 18 else -1
    return (updated.at.timestamp() if updated else 0.0, number, len(content), content)
