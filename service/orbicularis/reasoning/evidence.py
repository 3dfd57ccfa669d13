"""Evidence for one cause: which lines count, and how much."""

from math import log10

import msgspec

from orbicularis.facts.assessment import EvidenceResult, Why
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import CONSENSUS
from orbicularis.knowledge.cause import Cause, Evidence, Prior, When
from orbicularis.knowledge.finding import Kind
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.expression import Lookup

_BACKGROUND = frozenset({Kind.DEMOGRAPHIC, Kind.COURSE})
_STATES = {When.PRESENT: State.PRESENT, When.ABSENT: State.ABSENT}


class Line(msgspec.Struct, frozen=True):
    """A line of evidence with what follows from the rules alone.

    Attributes:
        rule: the line.
        finding: id of the finding.
        counts_when: the state of it that counts.
        group: what it shares a weight with: lines of one group and direction.
        weight: log10 of its likelihood ratio.
        consensus: True when it counts up to the cap only.
        supports: True when it is for the cause.
    """

    rule: Evidence
    finding: str
    counts_when: State
    group: tuple[bool, str]
    weight: float
    consensus: bool
    supports: bool


class Scales:
    """The evidence of one cause, ready to be weighed."""

    def __init__(self, cause: Cause, service: Service) -> None:
        """Weigh each line by itself."""
        ratios = service.ranking.likelihood_ratios
        self._rare = cause.prior is Prior.RARE
        self._index = frozenset(service.index)
        self._cap = log10(service.ranking.consensus_cap)
        self._lines = [
            Line(
                rule,
                rule.finding,
                _STATES[rule.when],
                (rule.supports, rule.group or f"line {at}"),
                log10(ratios[rule.strength]),
                all(reference == CONSENSUS for reference in rule.references),
                rule.supports,
            )
            for at, rule in enumerate(cause.evidence)
        ]
        self._order = sorted(
            range(len(self._lines)),
            key=lambda at: (self._lines[at].consensus, -self._lines[at].weight),
        )

    def weigh(self, lookup: Lookup) -> tuple[EvidenceResult, ...]:
        """Count each line: one per group, consensus up to its cap, unknown not at all.

        A group adds up to its strongest line. Where that one is consensus, it counts for what
        it adds to the strongest measured one, so that a finding more never makes a cause less
        likely.
        """
        lines = self._lines
        results = [lookup(line.finding) for line in lines]
        told = [
            EvidenceResult(
                line.rule,
                result,
                Why.UNKNOWN if result.state is State.UNKNOWN else Why.NOT_SEEN,
                0.0,
            )
            for line, result in zip(lines, results, strict=True)
        ]
        room = {True: self._cap, False: self._cap}
        groups: dict[tuple[bool, str], float] = {}
        for at in self._order:
            line, result = lines[at], results[at]
            if result.state is not line.counts_when:
                continue
            weight = line.weight - groups.get(line.group, 0.0)
            if weight <= 0:
                told[at] = EvidenceResult(line.rule, result, Why.IN_GROUP, 0.0)
                continue
            if line.consensus:
                weight = min(weight, room[line.supports])
                room[line.supports] -= weight
            groups[line.group] = groups.get(line.group, 0.0) + weight
            why = Why.COUNTED if weight > 0 else Why.CAPPED
            told[at] = EvidenceResult(line.rule, result, why, weight if line.supports else -weight)
        return tuple(told)

    def lists(self, evidence: tuple[EvidenceResult, ...]) -> bool:
        """Tell whether any line is reason enough to list the cause.

        The presenting finding, age, course or an absence alone must not list a rare cause.
        """
        return any(
            line.speaks and line.evidence.supports and (not self._rare or self._is_telling(line))
            for line in evidence
        )

    def _is_telling(self, line: EvidenceResult) -> bool:
        finding = line.finding.finding
        return (
            line.evidence.when is When.PRESENT
            and finding.id not in self._index
            and finding.kind not in _BACKGROUND
        )
