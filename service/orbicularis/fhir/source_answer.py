"""How a data source answered, once its entries have been looked through.

Left out, null, empty, an OperationOutcome and "there are more pages" stay apart (CDS Hooks 2.0,
Prefetch Template; FHIR R4, Bundle and OperationOutcome).
"""

from collections.abc import Container, Iterable, Sequence

import msgspec

from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.item import Tally
from orbicularis.fhir.pages import Pages
from orbicularis.fhir.source import Source
from orbicularis.fhir.structs.bundle import OperationOutcome

INDEX_KINDS = frozenset({"Observation", "Condition", "Encounter"})
"""Resource types in which an index finding may stand."""

_MILD = frozenset({"information", "warning"})
_SEVERITIES = _MILD | {"fatal", "error", "success"}
_CODES = frozenset(
    {
        "invalid", "structure", "required", "value", "invariant", "security", "login",
        "unknown", "expired", "forbidden", "suppressed", "processing", "not-supported",
        "duplicate", "multiple-matches", "not-found", "deleted", "too-long", "code-invalid",
        "extension", "too-costly", "business-rule", "conflict", "limited-filter", "transient",
        "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled",
        "informational", "success"
    }
)  # fmt: skip
"""FHIR's value sets issue-severity and issue-type; what is sent beside them may be anything."""

_LACKING = frozenset({AnswerKind.FAILED, AnswerKind.INCOMPLETE})

_outcome: Decode[OperationOutcome] = Decode(OperationOutcome)


def answer(pages: Pages, tallies: Sequence[Tally]) -> SourceAnswer:
    """Tell how a source answered.

    Args:
        pages: what stands under its key.
        tallies: what each page held.
    """
    tally = _together(tallies)
    kind, detail = _judged(pages, tally)
    not_fetched = pages.failure
    if not pages.sent and kind in _LACKING:
        # All that there is was fetched: whatever is wrong with it is why fetching did not do.
        detail, not_fetched = None, _joined((detail, not_fetched))
    index = pages.index
    if index is None:
        index = not tally.kinds or not tally.kinds.isdisjoint(INDEX_KINDS)
    return SourceAnswer(pages.key, kind, index, detail, not_fetched)


def _together(tallies: Sequence[Tally]) -> Tally:
    if len(tallies) == 1:
        return tallies[0]
    return Tally(
        own=sum(tally.own for tally in tallies),
        others=sum(tally.others for tally in tallies),
        unreadable=sum(tally.unreadable for tally in tallies),
        kinds={kind for tally in tallies for kind in tally.kinds},
        outcomes=[outcome for tally in tallies for outcome in tally.outcomes],
    )


def _judged(pages: Pages, tally: Tally) -> tuple[AnswerKind, str | None]:
    """An outcome that is more than a remark is a failure, or part of one.

    Records of other patients count as nothing: what is not the patient's changes nothing.
    """
    if not pages.sources:
        return (AnswerKind.FAILED if pages.asked else AnswerKind.NOT_PROVIDED), None
    broken = [page for page in pages.sources if page.kind is AnswerKind.FAILED]
    is_plain = not (broken or tally.outcomes or tally.unreadable or pages.more)
    if is_plain and pages.sources[0].kind is None:
        return (AnswerKind.ANSWERED if tally.own else AnswerKind.EMPTY), None
    failed = any(not _is_remark(raw) for raw in tally.outcomes)
    detail = _joined((*map(_cause, broken), _described(tally.outcomes) if failed else None))
    if len(broken) == len(pages.sources):
        return AnswerKind.FAILED, detail
    if pages.sources[0].kind is not None and len(pages.sources) == 1:
        return pages.sources[0].kind, None
    incomplete = pages.more or bool(broken)
    if tally.own == 0:
        return _without_records(tally, detail, failed=failed, incomplete=incomplete)
    return (AnswerKind.INCOMPLETE if incomplete or failed else AnswerKind.ANSWERED), detail


def _without_records(
    tally: Tally, detail: str | None, *, failed: bool, incomplete: bool
) -> tuple[AnswerKind, str | None]:
    """Some clients send a remark where they mean that there is none."""
    if failed:
        return AnswerKind.FAILED, detail
    if tally.unreadable:
        return AnswerKind.FAILED, "nothing in it can be read"
    if incomplete:
        return AnswerKind.INCOMPLETE, detail
    if tally.outcomes:
        return AnswerKind.NONE_RETURNED, _described(tally.outcomes)
    return AnswerKind.EMPTY, None


def _cause(page: Source) -> str | None:
    return _described([page.outcome]) if page.outcome else page.failure


def _joined(causes: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(cause for cause in causes if cause)) or None


def _is_remark(raw: msgspec.Raw) -> bool:
    """True for an OperationOutcome without any error, such as "no matches"."""
    severities = [severity for severity, _ in _issues(raw)]
    return bool(severities) and all(severity in _MILD for severity in severities)


def _described(outcomes: Iterable[msgspec.Raw]) -> str:
    """Severity and code of the issues; their texts may hold patient data."""
    told = [
        f"OperationOutcome ({' '.join(part for part in issue if part)})"
        for raw in outcomes
        for issue in _issues(raw)
        if any(issue)
    ]
    return "; ".join(dict.fromkeys(told)) or "OperationOutcome"


def _issues(raw: msgspec.Raw) -> list[tuple[str, str]]:
    try:
        issues = _outcome(raw).issue or ()
    except Unreadable:
        return []
    return [(_one_of(_SEVERITIES, issue.severity), _one_of(_CODES, issue.code)) for issue in issues]


def _one_of(known: Container[str], code: str | None) -> str:
    """A code of a fixed value set; anything else is left out."""
    return code if code is not None and code in known else ""
