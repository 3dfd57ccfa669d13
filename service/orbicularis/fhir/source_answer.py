"""How a data source answered, once its entries have been looked through.

Left out, null, empty, an OperationOutcome and "there are more pages" stay apart (CDS Hooks 2.0,
Prefetch Template; FHIR R4, Bundle and OperationOutcome).
"""

from collections.abc import Container, Iterable

import msgspec

from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.item import Tally
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

_outcome: Decode[OperationOutcome] = Decode(OperationOutcome)


def answer(key: str, source: Source, tally: Tally, *, index: bool | None) -> SourceAnswer:
    """Tell how a source answered.

    Args:
        key: prefetch key.
        source: the source.
        tally: what it held.
        index: whether an index finding may stand in it; None when its content has to tell.
    """
    kind, detail = _judged(source, tally)
    if index is None:
        index = not tally.kinds or not tally.kinds.isdisjoint(INDEX_KINDS)
    return SourceAnswer(key, kind, index, detail)


def _judged(source: Source, tally: Tally) -> tuple[AnswerKind, str | None]:
    """An outcome that is more than a remark is a failure, or part of one.

    Records of other patients count as nothing: what is not the patient's changes nothing.
    """
    if source.kind is not None:
        detail = _described([source.outcome]) if source.outcome else source.failure
        return source.kind, detail
    failed = any(not _is_mild(raw) for raw in tally.outcomes)
    if tally.own == 0:
        return _without_records(source, tally, failed=failed)
    if failed:
        return AnswerKind.INCOMPLETE, _described(tally.outcomes)
    return (AnswerKind.INCOMPLETE if source.more else AnswerKind.ANSWERED), None


def _without_records(
    source: Source, tally: Tally, *, failed: bool
) -> tuple[AnswerKind, str | None]:
    """Some clients send a remark where they mean that there is none."""
    if failed:
        return AnswerKind.FAILED, _described(tally.outcomes)
    if tally.unreadable:
        return AnswerKind.FAILED, "nothing in it can be read"
    if source.more:
        return AnswerKind.INCOMPLETE, None
    if tally.outcomes:
        return AnswerKind.NONE_RETURNED, _described(tally.outcomes)
    return AnswerKind.EMPTY, None


def _is_mild(raw: msgspec.Raw) -> bool:
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
