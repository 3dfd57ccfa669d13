"""What findings ask a chart for, so that what nothing speaks of need not be looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from orbicularis.knowledge.expression import findings_in
from orbicularis.knowledge.finding import Finding, Recogniser
from orbicularis.knowledge.measurement import Measurement


class Asked:
    """Which findings can change with what a chart holds.

    Attributes:
        by_key: for each terminology key, the findings that a record with it may show.
        made_of: for each finding, the other findings that it follows from.
        situational: findings that follow from who the patient is, or from orders that are
            being placed.
    """

    def __init__(
        self, findings: Mapping[str, Finding], measurements: Mapping[str, Measurement]
    ) -> None:
        """Turn the rules' questions round."""
        by_key: dict[str, set[str]] = defaultdict(set)
        followers: dict[str, set[str]] = defaultdict(set)
        for finding in findings.values():
            for key in _keys(finding, measurements):
                by_key[key].add(finding.id)
            for other in _others(finding):
                followers[other].add(finding.id)
        self.by_key = {key: frozenset(some) for key, some in by_key.items()}
        self.made_of = {key: tuple(_others(rule)) for key, rule in findings.items()}
        self._reach = {key: _reach(key, followers) for key in findings}
        self.situational = frozenset(
            key
            for key, rule in findings.items()
            if any(by.demographic or by.draft for by in rule.recognised_by)
        )

    def reached_from(self, some: Iterable[str]) -> frozenset[str]:
        """Some findings with all that follow from them, however far."""
        reach = self._reach
        return frozenset().union(*(reach[key] for key in some if key in reach))

    def rests_on(self, some: Iterable[str]) -> frozenset[str]:
        """Some findings with all that they are made of, however far."""
        wanted = frozenset(some)
        return frozenset(key for key, reach in self._reach.items() if not reach.isdisjoint(wanted))


def _reach(finding: str, followers: Mapping[str, set[str]]) -> frozenset[str]:
    reached, new = {finding}, [finding]
    while new:
        for follower in followers.get(new.pop(), set()) - reached:
            reached.add(follower)
            new.append(follower)
    return frozenset(reached)


def _others(finding: Finding) -> Iterator[str]:
    for by in finding.recognised_by:
        if by.combination is not None:
            yield from findings_in(by.combination)
        if by.course is not None:
            yield from by.course.of


def _keys(finding: Finding, measurements: Mapping[str, Measurement]) -> Iterator[str]:
    for by in finding.recognised_by:
        yield from _recorded(by)
        if by.measurement is not None:
            for criterion in by.measurement.by:
                yield from _measured(measurements[criterion.measurement], measurements)


def _recorded(by: Recogniser) -> Iterator[str]:
    for pattern in (by.observation, by.condition, by.procedure, by.medication, by.family):
        if pattern is not None:
            yield from pattern.codes


def _measured(measurement: Measurement, measurements: Mapping[str, Measurement]) -> Iterator[str]:
    yield from measurement.codes
    if measurement.corrected is not None:
        yield from _measured(measurements[measurement.corrected.measured], measurements)
