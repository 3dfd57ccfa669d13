"""Limits of a body's shape, held before anything is built from it.

Bytes alone do not bound memory: sixteen million of them hold millions of keys or of entries,
each of which would become an object many times its length.
"""

from dataclasses import dataclass

import msgspec

from orbicularis.api import refusals
from orbicularis.api.envelope import Envelope
from orbicularis.api.limit_settings import LimitSettings

_ENDLESS = b"[" * 1_000
_LEAST_ENTRY = len(b'{"resource":{"resourceType":"Task"}},')


class _Inner(msgspec.Struct):
    """A resource, of which no more is told than the entries that it has."""

    entry: list[msgspec.Raw] | None = None


class _Entry(msgspec.Struct):
    resource: _Inner | None = None


class _Bundle(msgspec.Struct):
    entry: list[_Entry | None] | None = None


_BUNDLE = msgspec.json.Decoder(_Bundle)
_LOOSE = msgspec.json.Decoder(_Inner)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a body may hold at most.

    Attributes:
        elements: values of any kind, counted by the commas between them and by what opens an
            array or an object.
        entries: entries of Bundles, and of Bundles within them.
        keys: names in prefetch, and in each other part of a request.
    """

    elements: int
    entries: int
    keys: int

    @classmethod
    def of(cls, settings: LimitSettings) -> "Limits":
        """The limits that an operator has set."""
        return cls(settings.max_elements, settings.max_entries, settings.max_keys)

    def check_body(self, body: bytes) -> None:
        """Refuse what would be too large once it is split; a short body cannot be.

        Raises:
            Refusal: 413.
        """
        if _values_at_most(body) > self.elements and _values(body) > self.elements:
            raise refusals.too_many("values", self.elements)

    def check_parts(self, envelope: Envelope, body: bytes) -> None:
        """Refuse too many keys, or entries, in a body that was split.

        Raises:
            Refusal: 413.
        """
        parts = [part for part in envelope.values() if isinstance(part, dict)]
        if max(map(len, (envelope, *parts))) > self.keys:
            raise refusals.too_many("keys in one of its parts", self.keys)
        # Most bodies end here: they are too short, or have too few objects of any kind.
        if len(body) <= self.entries * _LEAST_ENTRY or body.count(b"{") <= self.entries:
            return
        if sum(_entries(raw) for part in parts for raw in part.values()) > self.entries:
            raise refusals.too_many("entries of Bundles", self.entries)


def _values_at_most(body: bytes) -> int:
    """What can be told without counting: ``{},`` are two values in three bytes.

    Nothing holds more of them but arrays that go on being opened.
    """
    return len(body) if _ENDLESS in body else len(body) * 2 // 3 + 1


def _values(body: bytes) -> int:
    """Values: one, and one for each comma and for what opens an array or an object."""
    return 1 + len(body) - len(body.translate(None, b",[{"))


def _entries(raw: msgspec.Raw) -> int:
    """Entries of a Bundle with those of the Bundles that are entries; 0 for anything else."""
    try:
        bundle = _BUNDLE.decode(raw)
    except msgspec.ValidationError:
        return _loosely(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        # The same would be found where it is read, and is told there.
        return 0
    return sum(1 + _within(entry) for entry in bundle.entry or ())


def _within(entry: _Entry | None) -> int:
    inner = entry.resource if entry is not None else None
    return len(inner.entry) if inner is not None and inner.entry else 0


def _loosely(raw: msgspec.Raw) -> int:
    """A Bundle of which some entry is none: its entries alone are counted."""
    try:
        return len(_LOOSE.decode(raw).entry or ())
    except msgspec.ValidationError:
        return 0
