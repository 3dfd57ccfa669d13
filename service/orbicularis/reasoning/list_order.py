"""The order of the list: what a clinician should read first."""

from collections.abc import Iterable
from dataclasses import replace

from orbicularis.facts.assessment import Band, CauseResult, Hidden
from orbicularis.knowledge.cause import Category
from orbicularis.knowledge.finding import Kind

_HARD = frozenset({Kind.SIGN, Kind.LABORATORY, Kind.EXPOSURE, Kind.PROCEDURE, Kind.CONDITION})


def in_order(results: Iterable[CauseResult], most: int) -> tuple[CauseResult, ...]:
    """Put listed causes first, in order, and hide those beyond the number shown.

    A cause with a critical red flag comes first; causes supported by a sign, a medicine or
    a result stand above benign triggers; ties break by danger, then by name. A specific
    cause stands before the general one that it explains, once it is at least possible.
    """
    ranked = sorted(results, key=_key)
    listed = _specific_first([result for result in ranked if result.hidden is None])
    shown, beyond = listed[:most], listed[most:]
    hidden = [replace(result, hidden=Hidden.BEYOND_CAP) for result in beyond]
    return (*shown, *hidden, *(result for result in ranked if result.hidden is not None))


def _key(result: CauseResult) -> tuple[bool, bool, bool, float, int, bool, str]:
    cause = result.cause
    return (
        not result.flagged,
        cause.by_exclusion,
        not _has_hard_support(result),
        -round(result.score, 9),
        -cause.urgency.rank,
        not cause.do_not_miss,
        cause.title,
    )


def _has_hard_support(result: CauseResult) -> bool:
    return result.cause.category is not Category.BENIGN_TRIGGER and any(
        line.counted > 0 and line.finding.finding.kind in _HARD for line in result.evidence
    )


def _specific_first(listed: list[CauseResult]) -> list[CauseResult]:
    """Move each specific cause before the general ones that it explains."""
    explains = {
        result.cause.id: set(result.cause.more_general)
        for result in listed
        if result.band in (Band.WELL_SUPPORTED, Band.POSSIBLE)
    }
    ordered: list[CauseResult] = []
    waiting = list(listed)
    while waiting:
        ready = next(
            (
                result
                for result in waiting
                if not any(
                    result.cause.id in explains.get(other.cause.id, ())
                    for other in waiting
                    if other is not result
                )
            ),
            waiting[0],
        )
        waiting.remove(ready)
        ordered.append(ready)
    return ordered
