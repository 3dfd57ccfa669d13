"""Spotting of runs of words in folded text, all runs of the rules in one pass."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

import ahocorasick

from orbicularis.fhir.text.phrase import Run

Span = tuple[int, int]
"""First word, and the word after the last one."""

Hits = dict[Run, list[Span]]
"""Where each run stands, in order."""


class Spotter:
    """A multi-pattern matcher (Aho-Corasick) for whole words and words with open ends."""

    def __init__(self, runs: Iterable[Run]) -> None:
        """Build the automaton; without any run it finds nothing."""
        self._automaton = ahocorasick.Automaton()
        for run in runs:
            if words := run.split():
                self._automaton.add_word(run, (run, len(words)))
        self._empty = len(self._automaton) == 0
        self._automaton.make_automaton()

    def runs_in(self, folded: str) -> set[Run]:
        """Tell which runs stand anywhere in a folded text."""
        if self._empty:
            return set()
        return {run for _, (run, _) in self._automaton.iter(f" {folded} ")}

    def hits(self, words: list[str]) -> Hits:
        """Find every run, by the numbers of its words."""
        hits: Hits = {}
        if self._empty or not words:
            return hits
        found = list(self._automaton.iter(f" {' '.join(words)} "))
        starts = list(accumulate((len(word) + 1 for word in words), initial=0)) if found else []
        for end, (run, length) in found:
            first = bisect_left(starts, end - len(run) + 1)
            hits.setdefault(run, []).append((first, first + length))
        return hits
