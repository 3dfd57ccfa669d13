"""What would change the ranking: each unknown finding supposed to be present, and absent.

The reasoning is asked again with one finding supposed; all else stands as it was assessed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from orbicularis.facts.assessment import Assessment, CauseResult, FindingResult, Hidden, Why
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Strength
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Finding, Kind
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.findings import Findings, Recognitions
from orbicularis.reasoning.list_order import in_order, rank
from orbicularis.reasoning.red_flags import flag_rank
from orbicularis.reasoning.standing import Bench, Standing

MOST_SUPPOSED = 120
"""Findings that are tried at most; those of the causes that stand first are tried first."""

_STRENGTHS = (Strength.STRONG, Strength.MODERATE, Strength.WEAK)
_GIVEN = frozenset({Kind.DEMOGRAPHIC})
_IN_REACH = frozenset({None, Hidden.BEYOND_CAP, Hidden.BELOW_CUT_OFF})


@dataclass(frozen=True, slots=True)
class Move:
    """A cause that would stand elsewhere; None is not listed."""

    result: CauseResult
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Supposition:
    """What one unknown finding would change.

    Attributes:
        finding: the finding.
        present: moves if it were present; none when that would change nothing.
        absent: moves if it were absent.
        orders: orders whose result would tell.
    """

    finding: Finding
    present: tuple[Move, ...]
    absent: tuple[Move, ...]
    orders: tuple[Order, ...]

    @property
    def matters(self) -> bool:
        """True when either would change the order."""
        return bool(self.present or self.absent)

    @property
    def leads(self) -> bool:
        """True when another cause would stand first."""
        moves = (*self.present, *self.absent)
        return any(1 in (move.before, move.after) and move.before != move.after for move in moves)


class _Supposed(Findings):
    """The findings of an assessment, but for one that is supposed and what follows from it."""

    def __init__(
        self,
        assessment: Assessment,
        bundle: Bundle,
        recognitions: Recognitions,
        supposed: FindingResult,
    ) -> None:
        super().__init__(assessment.chart, bundle, recognitions)
        self._assessed = assessment.findings
        self._supposed = supposed
        self.following = bundle.asked.reached_from((supposed.finding.id,))

    def __call__(self, finding_id: str) -> FindingResult:
        """Give the result of one finding."""
        if finding_id == self._supposed.finding.id:
            return self._supposed
        known = None if finding_id in self.following else self._assessed.get(finding_id)
        return super().__call__(finding_id) if known is None else known


class WhatIf:
    """Supposes unknown findings; pure, and without memory of any patient."""

    def __init__(self, bundle: Bundle, service: Service) -> None:
        """Make the rules of one service ready."""
        self._bundle = bundle
        self._most = service.caps.causes
        self._recognitions = Recognitions(bundle)
        self._bench = Bench(bundle, service)

    def __call__(self, assessment: Assessment) -> tuple[Supposition, ...]:
        """List what would change the order, what would change its head first."""
        standing = _standing(assessment)
        tried = (self._suppose(finding, assessment, standing) for finding in candidates(assessment))
        telling = [one for one in tried if one.matters]
        return tuple(sorted(telling, key=lambda one: not one.leads))

    def _suppose(self, finding: Finding, assessment: Assessment, standing: Standing) -> Supposition:
        present, absent = (
            tuple(self._moves(FindingResult(finding, state), assessment, standing))
            for state in (State.PRESENT, State.ABSENT)
        )
        orders = self._bundle.orders.values()
        telling = tuple(order for order in orders if finding.id in order.answers)
        return Supposition(finding, present, absent, telling)

    def _moves(
        self, supposed: FindingResult, assessment: Assessment, standing: Standing
    ) -> Iterator[Move]:
        findings = _Supposed(assessment, self._bundle, self._recognitions, supposed)
        changed = sorted(findings.following)
        after = self._bench.after(standing, findings, changed, assessment.chart.now)
        return moves(assessment.causes, in_order(after.ranked, self._most))


def candidates(assessment: Assessment) -> list[Finding]:
    """Unknown findings that causes in reach ask for, those of the first causes before others."""
    found: dict[str, Finding] = {}
    for result in assessment.causes:
        if result.hidden in _IN_REACH:
            for one in _unknown(result, assessment):
                found.setdefault(one.finding.id, one.finding)
    return list(found.values())[:MOST_SUPPOSED]


def _unknown(result: CauseResult, assessment: Assessment) -> Iterator[FindingResult]:
    for finding in result.cause.requires:
        if assessment.findings[finding].state is State.UNKNOWN:
            yield assessment.findings[finding]
    lines = [
        line
        for line in result.evidence
        if line.why is Why.UNKNOWN and line.finding.finding.kind not in _GIVEN
    ]
    lines.sort(key=lambda line: _STRENGTHS.index(line.evidence.strength))
    yield from (line.finding for line in lines)


def moves(before: Iterable[CauseResult], after: Iterable[CauseResult]) -> Iterator[Move]:
    """Compare two rankings: causes that are listed in one of them and stand elsewhere."""
    was, comes = _ranks(before), _ranks(after)
    for key, (result, place) in comes.items():
        old = was[key][1] if key in was else None
        if old != place:
            yield Move(result, old, place)
    for key, (result, place) in was.items():
        if key not in comes:
            yield Move(result, place, None)


def _ranks(causes: Iterable[CauseResult]) -> dict[str, tuple[CauseResult, int]]:
    listed = (result for result in causes if result.hidden is None)
    return {result.cause.id: (result, place) for place, result in enumerate(listed, start=1)}


def _standing(assessment: Assessment) -> Standing:
    """How the rules stand, before causes beyond the number shown were taken from the list."""
    listed = (
        replace(result, hidden=None) if result.hidden is Hidden.BEYOND_CAP else result
        for result in assessment.causes
    )
    return Standing(
        dict(assessment.findings),
        {flag.red_flag.id: (flag_rank(flag), flag) for flag in assessment.red_flags},
        {result.cause.id: (rank(result), result) for result in listed},
        frozenset(result.cause.id for result in assessment.causes if result.flagged),
    )
