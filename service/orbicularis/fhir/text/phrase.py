"""Phrases of the rules: words in order, with open endings, gaps and places for word lists."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NewType

from orbicularis.fhir.text.fold import fold

GAP = 5
"""How many words ``...`` may stand for."""


Run = NewType("Run", str)
"""Words that follow each other, which is what the multi-pattern matcher looks for: a space
before each, and one after the last unless its ending is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What may stand in one place: any of several runs or phrases."""

    runs: frozenset[Run]
    phrases: tuple["Phrase", ...] = ()

    def may_stand(self, runs: AbstractSet[Run]) -> bool:
        """Tell whether the runs of a text suffice, wherever they stand."""
        return not self.runs.isdisjoint(runs) or any(
            phrase.may_stand(runs) for phrase in self.phrases
        )

    def every_run(self) -> Iterator[Run]:
        """Yield every run that may stand in this place."""
        yield from self.runs
        for phrase in self.phrases:
            yield from phrase.every_run()


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Choices in order, each with the most words that may stand before it."""

    steps: tuple[tuple[int, Choice], ...]

    def may_stand(self, runs: AbstractSet[Run]) -> bool:
        """Tell whether the runs of a text suffice, wherever they stand."""
        return all(choice.may_stand(runs) for _, choice in self.steps)

    def every_run(self) -> Iterator[Run]:
        """Yield every run that the phrase may be made of."""
        for _, choice in self.steps:
            yield from choice.every_run()


Lists = Mapping[str, Choice]
"""Word lists by name."""


def any_of(texts: Iterable[str], lists: Lists | None = None) -> Choice:
    """Read alternatives; those that are single runs are looked up together.

    Raises:
        KeyError: when a list is not known.
    """
    runs: set[Run] = set()
    longer: list[Phrase] = []
    for one in (phrase(text, lists) for text in texts):
        first = one.steps[0][1] if len(one.steps) == 1 else None
        if first is None:
            longer.append(one)
        else:
            runs |= first.runs
            longer += first.phrases
    return Choice(frozenset(runs), tuple(longer))


def phrase(text: str, lists: Lists | None = None) -> Phrase:
    """Read a phrase of the rules.

    Args:
        text: words; ``*`` at a word's end allows any ending, ``...`` up to five words in
            between, ``{name}`` stands for any entry of that list.
        lists: the word lists.

    Raises:
        KeyError: when a list is not known.
    """
    steps: list[tuple[int, Choice]] = []
    gap = 0
    for kind, piece in _pieces(text):
        if kind == "gap":
            gap = GAP
            continue
        choice = (lists or {})[piece] if kind == "list" else Choice(frozenset({_run(piece, kind)}))
        steps.append((gap if steps else 0, choice))
        gap = 0
    return Phrase(tuple(steps))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Split into gaps, lists, words with an open end, and runs of whole words."""
    words: list[str] = []
    for part in text.split():
        kind = _kind(part)
        if kind == "whole":
            words += fold(part).split()
            continue
        if kind == "open":
            yield "open", " ".join((*words, *fold(part).split()))
        else:
            if words:
                yield "whole", " ".join(words)
            yield kind, part.strip("{}")
        words = []
    if words:
        yield "whole", " ".join(words)


def _kind(part: str) -> str:
    if part == "...":
        return "gap"
    if part.startswith("{") and part.endswith("}"):
        return "list"
    return "open" if part.endswith("*") else "whole"


def _run(words: str, kind: str) -> Run:
    return Run(f" {words}" if kind == "open" else f" {words} ")
