"""Where phrases stand in one statement, put together from where their runs stand."""

from bisect import bisect_left
from collections.abc import Set as AbstractSet

from orbicularis.fhir.text.phrase import Choice, Phrase
from orbicularis.fhir.text.spotter import Hits, Span

_NOTHING: frozenset[int] = frozenset()


class Places:
    """Finds choices and phrases; what was found once is remembered."""

    def __init__(self, hits: Hits, barriers: AbstractSet[int] = _NOTHING) -> None:
        """Keep where runs stand, and the numbers of words that may not stand in a gap."""
        self._hits = hits
        self._barriers = barriers
        self._known: dict[Choice, list[Span]] = {}

    def of(self, choice: Choice) -> list[Span]:
        """Find every place of a choice, in order, each once."""
        known = self._known.get(choice)
        if known is None:
            hits = self._hits
            found = {span for run in choice.runs.intersection(hits) for span in hits[run]}
            for phrase in choice.phrases:
                found.update(self._of_phrase(phrase))
            known = self._known[choice] = sorted(found)
        return known

    def _of_phrase(self, phrase: Phrase) -> list[Span]:
        if not phrase.may_stand(self._hits.keys()):
            return []
        found = self.of(phrase.steps[0][1])
        for gap, choice in phrase.steps[1:]:
            found = self._joined(found, self.of(choice), gap)
        return found

    def _joined(self, before: list[Span], after: list[Span], gap: int) -> list[Span]:
        found: set[Span] = set()
        for first, end in before:
            for start, last in after[bisect_left(after, (end, 0)) :]:
                if start - end > gap or any(word in self._barriers for word in range(end, start)):
                    break
                found.add((first, last))
        return sorted(found)
