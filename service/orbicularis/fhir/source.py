"""A data source, opened: its entries at a glance, and each of them whole where it matters."""

import sys

import msgspec

from orbicularis.facts.chart import AnswerKind
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.structs.bundle import (
    Bundle,
    BundleEntry,
    BundleLink,
    Kind,
    LooseBundle,
    WholeBundle,
    WholeEntry,
)
from orbicularis.fhir.structs.element import ABSENT, is_sent
from orbicularis.fhir.structs.glance import Glance

_kind: Decode[Kind] = Decode(Kind)
_bundle: Decode[Bundle] = Decode(Bundle)
_whole: Decode[WholeBundle] = Decode(WholeBundle)
_loose: Decode[LooseBundle] = Decode(LooseBundle)
_entry: Decode[BundleEntry] = Decode(BundleEntry)
_whole_entry: Decode[WholeEntry] = Decode(WholeEntry)
_glance: Decode[Glance] = Decode(Glance)
_links: Decode[list[BundleLink] | None] = Decode(list[BundleLink] | None)


class Source(msgspec.Struct):
    """What one prefetch key, or one part of the context, holds.

    Attributes:
        kind: how it answered, when that shows from outside; None when the entries tell.
        failure: why it failed.
        outcome: the OperationOutcome that was sent instead of data.
        value: the Bundle, undecoded.
        entries: what it holds, at a glance; None stands for an entry that is none.
        more: True when there are pages that were not sent.
        is_inner: True for a Bundle that is itself an entry.
    """

    kind: AnswerKind | None = None
    failure: str | None = None
    outcome: msgspec.Raw | None = None
    entries: list[BundleEntry | None] = msgspec.field(default_factory=list)
    more: bool = False
    is_inner: bool = False
    value: msgspec.Raw | None = None
    _wholes: list[msgspec.Raw] | None = None

    @property
    def size(self) -> int:
        """How many bytes were sent at most."""
        value = self.value
        return sys.maxsize if value is None else memoryview(value).nbytes

    def whole(self, number: int) -> msgspec.Raw:
        """Give one resource undecoded; the first that is asked for costs a second pass."""
        if self._wholes is None:
            entries = (_whole(self.value).entry or ()) if self.value else ()
            self._wholes = [ABSENT if entry is None else entry.resource for entry in entries]
        return self._wholes[number]


def open_source(value: msgspec.Raw | None) -> Source:
    """Open a Bundle, a single resource, null, or what is none of these."""
    if value is None or bytes(memoryview(value)[:5]).strip() == b"null":
        return Source(AnswerKind.NONE_RETURNED)
    try:
        return _opened(value)
    except Unreadable as error:
        return Source(AnswerKind.FAILED, str(error))


def _opened(value: msgspec.Raw) -> Source:
    try:
        bundle = _bundle(value)
    except Unreadable:
        return _opened_loosely(value)
    if bundle.resource_type == "Bundle" or (bundle.resource_type is None and bundle.entry):
        return Source(entries=bundle.entry or [], more=_has_next(bundle.link), value=value)
    return _single(bundle.resource_type, value)


def _opened_loosely(value: msgspec.Raw) -> Source:
    """Open a Bundle of which some part is misshapen, saving what can be read."""
    kind = _kind(value).resource_type
    if kind not in (None, "Bundle"):
        return _single(kind, value)
    bundle = _loose(value)
    entries: list[BundleEntry | None] = []
    wholes: list[msgspec.Raw] = []
    for raw in bundle.entry or ():
        try:
            entries.append(_entry(raw))
            wholes.append(_whole_entry(raw).resource)
        except Unreadable:
            entries.append(None)
            wholes.append(ABSENT)
    return Source(entries=entries, more=_has_next(bundle.link), _wholes=wholes)


def _single(resource_type: str | None, value: msgspec.Raw) -> Source:
    if resource_type is None:
        return Source(AnswerKind.FAILED, "neither a resource nor a Bundle")
    if resource_type == "OperationOutcome":
        return Source(AnswerKind.FAILED, outcome=value)
    return Source(entries=[BundleEntry(resource=_glance(value))], _wholes=[value])


def _has_next(link: msgspec.Raw) -> bool:
    try:
        links = _links(link) if is_sent(link) else None
    except Unreadable:
        return False
    return any(one.relation == "next" for one in links or ())
