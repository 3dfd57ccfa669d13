"""Data sources: what a prefetch key holds, and how it answered.

Left out, null, empty, an OperationOutcome and "there are more pages" stay apart (CDS Hooks 2.0,
Prefetch Template; FHIR R4, Bundle and OperationOutcome).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.item import Tally
from orbicularis.fhir.structs.bundle import (
    Bundle,
    BundleEntry,
    BundleLink,
    LooseBundle,
    OperationOutcome,
)
from orbicularis.fhir.structs.element import is_sent
from orbicularis.fhir.structs.glance import Head

INDEX_KINDS = frozenset({"Observation", "Condition", "Encounter"})
"""Resource types in which an index finding may stand."""

_MILD = frozenset({"information", "warning"})

_head: Decode[Head] = Decode(Head)
_bundle: Decode[Bundle] = Decode(Bundle)
_loose: Decode[LooseBundle] = Decode(LooseBundle)
_entry: Decode[BundleEntry | None] = Decode(BundleEntry | None)
_links: Decode[list[BundleLink] | None] = Decode(list[BundleLink] | None)
_outcome: Decode[OperationOutcome] = Decode(OperationOutcome)


@dataclass(frozen=True, slots=True)
class Opened:
    """A source, opened but not yet looked through.

    Attributes:
        kind: how it answered, when that shows from outside; None when the entries tell.
        detail: the cause of a failure.
        entries: what it holds.
        more: True when there are pages that were not sent.
        misshapen: how many entries are no entries at all.
    """

    kind: AnswerKind | None = None
    detail: str | None = None
    entries: list[BundleEntry] = field(default_factory=list)
    more: bool = False
    misshapen: int = 0


def open_source(value: msgspec.Raw | None) -> Opened:
    """Open the value of a prefetch key: a Bundle, a single resource, null, or neither."""
    if value is None or bytes(memoryview(value)[:5]).strip() == b"null":
        return Opened(AnswerKind.NONE_RETURNED)
    try:
        return _opened(value)
    except Unreadable as error:
        return Opened(AnswerKind.FAILED, str(error))


def answer(key: str, opened: Opened, tally: Tally, *, index: bool | None) -> SourceAnswer:
    """Tell how a source answered, once its entries have been looked through.

    Args:
        key: prefetch key.
        opened: the source.
        tally: what it held.
        index: whether an index finding may stand in it; None when its content has to tell.
    """
    kind, detail = _judged(opened, tally)
    if index is None:
        index = not tally.kinds or not tally.kinds.isdisjoint(INDEX_KINDS)
    return SourceAnswer(key, kind, index, detail)


def _opened(value: msgspec.Raw) -> Opened:
    try:
        bundle = _bundle(value)
    except Unreadable:
        return _opened_loosely(value)
    if bundle.resource_type == "Bundle" or (bundle.resource_type is None and bundle.entry):
        entries = [entry for entry in bundle.entry or () if entry is not None]
        misshapen = len(bundle.entry or ()) - len(entries)
        return Opened(entries=entries, more=_has_next(bundle.link), misshapen=misshapen)
    return _single(bundle.resource_type, value)


def _opened_loosely(value: msgspec.Raw) -> Opened:
    """Open a Bundle of which some part is misshapen, saving what can be read."""
    head = _head(value)
    if head.resource_type not in (None, "Bundle"):
        return _single(head.resource_type, value)
    bundle = _loose(value)
    entries: list[BundleEntry] = []
    for raw in bundle.entry or ():
        try:
            entry = _entry(raw)
        except Unreadable:
            continue
        if entry is not None:
            entries.append(entry)
    misshapen = len(bundle.entry or ()) - len(entries)
    return Opened(entries=entries, more=_has_next(bundle.link), misshapen=misshapen)


def _single(resource_type: str | None, value: msgspec.Raw) -> Opened:
    if resource_type is None:
        return Opened(AnswerKind.FAILED, "neither a resource nor a Bundle")
    if resource_type == "OperationOutcome":
        return Opened(AnswerKind.FAILED, _described([value]))
    return Opened(entries=[BundleEntry(resource=value)])


def _has_next(link: msgspec.Raw) -> bool:
    try:
        links = _links(link) if is_sent(link) else None
    except Unreadable:
        return False
    return any(one.relation == "next" for one in links or ())


def _judged(opened: Opened, tally: Tally) -> tuple[AnswerKind, str | None]:
    """An outcome that is more than a remark is a failure, or part of one.

    Records of other patients count as nothing: what is not the patient's changes nothing.
    """
    if opened.kind is not None:
        return opened.kind, opened.detail
    failed = any(not _is_mild(raw) for raw in tally.outcomes)
    detail = _described(tally.outcomes)
    if tally.own == 0:
        if failed:
            return AnswerKind.FAILED, detail
        if tally.unreadable or opened.misshapen:
            return AnswerKind.FAILED, "nothing in it can be read"
        if opened.more:
            return AnswerKind.INCOMPLETE, None
        return (AnswerKind.NONE_RETURNED, detail) if tally.outcomes else (AnswerKind.EMPTY, None)
    if failed:
        return AnswerKind.INCOMPLETE, detail
    return (AnswerKind.INCOMPLETE if opened.more else AnswerKind.ANSWERED), None


def _is_mild(raw: msgspec.Raw) -> bool:
    severities = [severity for severity, _ in _issues(raw)]
    return bool(severities) and all(severity in _MILD for severity in severities)


def _described(outcomes: Iterable[msgspec.Raw]) -> str | None:
    """Severity and code of the issues; their texts may hold patient data."""
    told = [
        f"OperationOutcome ({' '.join(part for part in issue if part)})"
        for raw in outcomes
        for issue in _issues(raw)
    ]
    return "; ".join(dict.fromkeys(told)) or "OperationOutcome" if outcomes else None


def _issues(raw: msgspec.Raw) -> list[tuple[str, str]]:
    try:
        issues = _outcome(raw).issue or ()
    except Unreadable:
        return []
    return [(_plain(issue.severity), _plain(issue.code)) for issue in issues]


def _plain(code: str | None) -> str:
    """A code of a fixed value set; anything longer or odder is left out."""
    plain = code is not None and len(code) <= 20 and code.replace("-", "").isalpha()
    return code if plain and code else ""
