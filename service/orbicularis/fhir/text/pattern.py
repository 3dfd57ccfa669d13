"""Text patterns of findings, and what a statement says of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from orbicularis.facts.fact import Mention, State
from orbicularis.fhir.text.phrase import Lists, Phrase, Run, Step, choice, phrase
from orbicularis.fhir.text.reach import Reach
from orbicularis.fhir.text.search import spans
from orbicularis.fhir.text.spotter import Hits, Span
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
    groups: tuple[Phrase, ...]
    without: tuple[Phrase, ...]

    def every_run(self) -> Iterator[Run]:
        """Every run that the matcher has to look for."""
        for part in (*self.groups, *self.without):
            yield from part.every_run()

    def anchors(self) -> frozenset[Run]:
        """Runs of which one must stand in a text that matches; the longest there are."""
        return max((_anchors(group.steps[0]) for group in self.groups), key=_rarity)

    def may_stand(self, runs: AbstractSet[Run]) -> bool:
        """Tell whether the runs of a text suffice, wherever they stand."""
        return all(group.may_stand(runs) for group in self.groups)

    def may_match(self, hits: Hits) -> bool:
        """Tell whether every group stands somewhere, whatever is said of it."""
        return all(spans(group, hits) for group in self.groups)

    def judge(self, words: Statement, hits: Hits, reach: Reach, since: int) -> Mention | None:
        """Tell what the statement says of the finding.

        Args:
            words: the statement.
            hits: its runs.
            reach: its triggers.
            since: number of leading words that are context and name nothing.
        """
        if any(spans(part, hits) for part in self.without):
            return None
        groups = [
            [span for span in spans(group, hits, reach.barriers) if span[0] >= since]
            for group in self.groups
        ]
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

    Attributes:
        anchors: these runs; a text without any of them names no finding.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Arrange the patterns."""
        self._by_anchor: dict[Run, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            for run in pattern.anchors():
                self._by_anchor[run].append(pattern)
        self.anchors = frozenset(self._by_anchor)

    def candidates(self, hits: Hits) -> list[Pattern]:
        """Patterns of which every group stands somewhere in the text."""
        possible = dict.fromkeys(
            pattern for run in self.anchors & hits.keys() for pattern in self._by_anchor[run]
        )
        runs = hits.keys()
        return [one for one in possible if one.may_stand(runs) and one.may_match(hits)]


def patterns(findings: Iterable[Finding], lists: Lists) -> Iterator[Pattern]:
    """Read the text patterns of all findings."""
    for finding in findings:
        for by in finding.recognised_by:
            if by.text is not None:
                yield _pattern(finding.id, by.text, lists)


def _pattern(finding: str, text: TextPattern, lists: Lists) -> Pattern:
    phrases = [phrase(one, lists) for one in text.phrases]
    groups = [choice(phrases)] if phrases else []
    groups += [choice(lists[name]) for name in text.together]
    return Pattern(finding, tuple(groups), tuple(choice(lists[name]) for name in text.without))


def _anchors(step: Step) -> frozenset[Run]:
    """Of each alternative, the runs of its rarest step."""
    found: set[Run] = set(step.runs)
    for longer in step.phrases:
        rarest: frozenset[Run] = max(map(_anchors, longer.steps), key=_rarity)
        found |= rarest
    return frozenset(found)


def _rarity(runs: frozenset[Run]) -> tuple[int, int]:
    """Longer words are rarer, and few words are rarer than many."""
    return min((len(run) for run in runs), default=0), -len(runs)


def _by_state(group: list[Span], reach: Reach) -> dict[State, list[Span]]:
    """Sort the places of a group by what is said there; what is said now stands alone."""
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
