"""The order of the list: what a clinician should read first."""

from collections.abc import Iterable

from msgspec.structs import replace

from orbicularis.facts.assessment import Band, CauseResult, Hidden
from orbicularis.knowledge.cause import Category, When
from orbicularis.knowledge.finding import Kind

Rank = tuple[bool, tuple[bool, bool], int, float, int, bool, str]
"""Sorts causes; the lowest stands first."""

_HARD = frozenset({Kind.SIGN, Kind.LABORATORY, Kind.EXPOSURE, Kind.PROCEDURE, Kind.CONDITION})


def in_order(ranked: Iterable[CauseResult], most: int) -> tuple[CauseResult, ...]:
    """Put listed causes first and hide those beyond the number shown.

    A specific cause stands before the general one that it explains, once it is at least
    possible.

    Args:
        ranked: all causes, sorted by ``rank``.
        most: the number shown.
    """
    ranked = list(ranked)
    listed = _specific_first([result for result in ranked if result.hidden is None])
    shown, beyond = listed[:most], listed[most:]
    hidden = [replace(result, hidden=Hidden.BEYOND_CAP) for result in beyond]
    return (*shown, *hidden, *(result for result in ranked if result.hidden is not None))


def rank(result: CauseResult) -> Rank:
    """What puts a cause into its place.

    A cause with a critical red flag comes first; causes supported by a sign, a medicine or
    a result stand above benign triggers; ties break by danger, then by name.
    """
    cause = result.cause
    return (
        not result.flagged,
        _standing(result),
        _BANDS.index(result.band),
        -round(result.score, 9),
        -cause.urgency.rank,
        not cause.do_not_miss,
        cause.title,
    )


_BANDS = (Band.WELL_SUPPORTED, Band.POSSIBLE, Band.LESS_LIKELY, None)


def _standing(result: CauseResult) -> tuple[bool, bool]:
    return result.cause.by_exclusion, not _has_hard_support(result)


def _has_hard_support(result: CauseResult) -> bool:
    return result.cause.category is not Category.BENIGN_TRIGGER and any(
        line.speaks
        and line.evidence.supports
        and line.evidence.when is When.PRESENT
        and line.finding.finding.kind in _HARD
        for line in result.evidence
    )


def _specific_first(listed: list[CauseResult]) -> list[CauseResult]:
    """Lift each specific cause right before the first general one that it explains."""
    ordered: list[CauseResult] = []
    begun: set[str] = set()
    for result in listed:
        _place(result, listed, ordered, begun)
    return ordered


def _place(
    result: CauseResult, listed: list[CauseResult], ordered: list[CauseResult], begun: set[str]
) -> None:
    """Add a cause, and before it the specific ones that explain it, unless it was begun with."""
    if result.cause.id in begun:
        return
    begun.add(result.cause.id)
    for other in listed:
        if _explains(other, result):
            _place(other, listed, ordered, begun)
    ordered.append(result)


def _explains(specific: CauseResult, general: CauseResult) -> bool:
    """Never lifts a cause by exclusion, or one without a sign, above one that is better off."""
    return (
        general.cause.id in specific.cause.more_general
        and specific.band in (Band.WELL_SUPPORTED, Band.POSSIBLE)
        and _standing(specific) <= _standing(general)
    )
