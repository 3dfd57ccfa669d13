"""Where phrases stand, put together from where their runs stand."""

from bisect import bisect_left
from collections.abc import Set as AbstractSet

from orbicularis.fhir.text.phrase import Phrase, Step
from orbicularis.fhir.text.spotter import Hits, Span

_NOTHING: frozenset[int] = frozenset()


def spans(phrase: Phrase, hits: Hits, barriers: AbstractSet[int] = _NOTHING) -> list[Span]:
    """Find a phrase.

    Args:
        phrase: what to find.
        hits: where runs stand.
        barriers: numbers of words that may not stand in a gap.

    Returns:
        Spans in order, each once.
    """
    found = _any_of(phrase.steps[0], hits, barriers) if phrase.steps else []
    for step in phrase.steps[1:]:
        if not found:
            return []
        found = _joined(found, _any_of(step, hits, barriers), step.gap, barriers)
    return found


def _any_of(step: Step, hits: Hits, barriers: AbstractSet[int]) -> list[Span]:
    found = {span for run in step.runs & hits.keys() for span in hits[run]}
    for phrase in step.phrases:
        found.update(spans(phrase, hits, barriers))
    return sorted(found)


def _joined(
    before: list[Span], after: list[Span], gap: int, barriers: AbstractSet[int]
) -> list[Span]:
    found: set[Span] = set()
    for first, end in before:
        for start, last in after[bisect_left(after, (end, 0)) :]:
            if start - end > gap or any(number in barriers for number in range(end, start)):
                break
            found.add((first, last))
    return sorted(found)
