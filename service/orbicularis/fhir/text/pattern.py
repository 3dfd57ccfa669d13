"""Text patterns of findings, and what a statement says of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from orbicularis.facts.fact import Mention, State
from orbicularis.fhir.text.phrase import Choice, Lists, Phrase, Run, any_of
from orbicularis.fhir.text.places import Places
from orbicularis.fhir.text.reach import Reach
from orbicularis.fhir.text.spotter import Span
from orbicularis.fhir.text.statement import Statement
from orbicularis.knowledge.finding import Finding, TextPattern


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A text pattern, ready for matching.

    Attributes:
        finding: id of the finding that the words name.
        groups: each needs a match; the first one is the head, whose negation negates all
            ("lips: no twitching"), while a doubt about another leaves the finding unknown
            ("twitching, no lip swelling").
        without: none of these may match.
    """

    finding: str
    groups: tuple[Choice, ...]
    without: tuple[Choice, ...]

    def every_run(self) -> Iterator[Run]:
        """Every run that the matcher has to look for."""
        for part in (*self.groups, *self.without):
            yield from part.every_run()

    def may_stand(self, runs: AbstractSet[Run]) -> bool:
        """Tell whether the runs of a text suffice, wherever they stand."""
        return all(group.may_stand(runs) for group in self.groups)

    def judge(self, words: Statement, places: Places, reach: Reach, since: int) -> Mention | None:
        """Tell what the statement says of the finding.

        Args:
            words: the statement.
            places: where words of the rules stand in it.
            reach: its triggers.
            since: number of leading words that are context and name nothing.
        """
        if any(places.of(part) for part in self.without):
            return None
        groups = [[span for span in places.of(group) if span[0] >= since] for group in self.groups]
        if not all(groups):
            return None
        judged = [_by_state(group, reach) for group in groups]
        state = _combined(judged)
        if state is None:
            return None
        chosen = [group.get(state) or next(iter(group.values())) for group in judged]
        quote = words.quote(min(s[0][0] for s in chosen), max(s[0][1] for s in chosen))
        history = all(reach.is_history(span) for span in chosen[0])
        return Mention(self.finding, state, quote, history)


class PatternIndex:
    """All patterns, by the runs without which they cannot match.

    Of every pattern the rarest group is indexed; of its phrases only those are tried that have
    their own rarest part in the text.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Arrange the patterns."""
        self._by_anchor: dict[Run, list[tuple[Pattern, Phrase | None]]] = defaultdict(list)
        anchors = _Anchors()
        for pattern in patterns:
            rarest = max(pattern.groups, key=lambda group: anchors[group].rarity)
            for run in rarest.runs:
                self._by_anchor[run].append((pattern, None))
            for phrase in rarest.phrases:
                for run in anchors.of(phrase).runs:
                    self._by_anchor[run].append((pattern, phrase))

    def candidates(self, runs: AbstractSet[Run]) -> list[Pattern]:
        """Patterns for which the runs of a text suffice, wherever they stand."""
        found: dict[Pattern, None] = {}
        for run in runs:
            for pattern, phrase in self._by_anchor.get(run, ()):
                if phrase is None or (pattern not in found and phrase.may_stand(runs)):
                    found[pattern] = None
        return [pattern for pattern in found if pattern.may_stand(runs)]


def patterns(findings: Iterable[Finding], lists: Lists) -> Iterator[Pattern]:
    """Read the text patterns of all findings."""
    for finding in findings:
        for by in finding.recognised_by:
            if by.text is not None:
                yield _pattern(finding.id, by.text, lists)


def _pattern(finding: str, text: TextPattern, lists: Lists) -> Pattern:
    groups = [any_of(text.phrases, lists)] if text.phrases else []
    groups += [lists[name] for name in text.together]
    return Pattern(finding, tuple(groups), tuple(lists[name] for name in text.without))


class _Anchor(NamedTuple):
    """Runs of which one must stand where a choice does; the longest there are.

    Attributes:
        rarity: longer words are rarer, and few words are rarer than many.
        runs: the runs.
    """

    rarity: tuple[int, int]
    runs: frozenset[Run]


class _Anchors(dict[Choice, _Anchor]):
    """Each choice's, worked out once: word lists stand in many patterns."""

    def __missing__(self, choice: Choice) -> _Anchor:
        runs = choice.runs.union(*(self.of(phrase).runs for phrase in choice.phrases))
        self[choice] = anchor = _Anchor((min(map(len, runs), default=0), -len(runs)), runs)
        return anchor

    def of(self, phrase: Phrase) -> _Anchor:
        """The rarest of its parts, each of which must stand."""
        return max((self[choice] for _, choice in phrase.steps), key=lambda anchor: anchor.rarity)


def _by_state(group: list[Span], reach: Reach) -> dict[State, list[Span]]:
    """Sort the places of a group by what is said there; what is said now stands alone."""
    if reach.is_silent:
        return {State.PRESENT: group}
    found: dict[State, list[Span]] = defaultdict(list)
    for span in group:
        if reach.is_about_somebody_else(span) or reach.is_hypothetical(span):
            found[State.UNKNOWN].append(span)
        else:
            found[State.ABSENT if reach.is_negated(span) else State.PRESENT].append(span)
    now = [span for span in found[State.PRESENT] if not reach.is_history(span)]
    if now:
        found[State.PRESENT] = now
    return {state: places for state, places in found.items() if places}


def _combined(judged: list[dict[State, list[Span]]]) -> State | None:
    head, *others = judged
    if State.PRESENT in head:
        return State.PRESENT if all(State.PRESENT in other for other in others) else None
    said = all(State.PRESENT in other or State.ABSENT in other for other in others)
    return State.ABSENT if State.ABSENT in head and said else None
