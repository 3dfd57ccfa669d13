"""Phrases of the rules: words in order, with open endings, gaps and places for word lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NewType

from orbicularis.fhir.text.fold import fold

GAP = 5
"""How many words ``...`` may stand for."""


Run = NewType("Run", str)
"""Words that follow each other, which is what the multi-pattern matcher looks for: a space
before each, and one after the last unless its ending is open."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a phrase: any of several runs or phrases, after a gap of so many words."""

    gap: int
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """Steps in order."""

    steps: tuple[Step, ...]

    def may_stand(self, runs: AbstractSet[Run]) -> bool:
        """Tell whether the runs of a text suffice, wherever they stand."""
        return all(step.may_stand(runs) for step in self.steps)

    def every_run(self) -> Iterator[Run]:
        """Yield every run that the phrase may be made of."""
        for step in self.steps:
            yield from step.every_run()


def any_of(phrases: Iterable[Phrase], gap: int = 0) -> Step:
    """Make one step of alternatives; those that are single runs are looked up together."""
    runs: set[Run] = set()
    longer: list[Phrase] = []
    for one in phrases:
        if len(one.steps) == 1 and not one.steps[0].phrases:
            runs |= one.steps[0].runs
        else:
            longer.append(one)
    return Step(gap, frozenset(runs), tuple(longer))


def choice(phrases: Iterable[Phrase]) -> Phrase:
    """Make a phrase that is any one of several."""
    return Phrase((any_of(phrases),))


Lists = Mapping[str, tuple[Phrase, ...]]
"""Word lists by name, their entries as phrases."""


def phrase(text: str, lists: Lists | None = None) -> Phrase:
    """Read a phrase of the rules.

    Args:
        text: words; ``*`` at a word's end allows any ending, ``...`` up to five words in
            between, ``{name}`` stands for any entry of that list.
        lists: the word lists.

    Raises:
        KeyError: when a list is not known.
    """
    steps: list[Step] = []
    gap = 0
    for take, piece in _pieces(text):
        if take == "gap":
            gap = GAP
            continue
        gap = gap if steps else 0
        if take == "list":
            steps.append(any_of((lists or {})[piece], gap))
        else:
            steps.append(Step(gap, frozenset({_run(piece, take)})))
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


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("gap", lambda part: part == "..."),
    ("list", lambda part: part.startswith("{") and part.endswith("}")),
    ("open", lambda part: part.endswith("*")),
)


def _kind(part: str) -> str:
    return next((kind for kind, test in _KINDS if test(part)), "whole")


def _run(words: str, kind: str) -> Run:
    return Run(f" {words}" if kind == "open" else f" {words} ")
