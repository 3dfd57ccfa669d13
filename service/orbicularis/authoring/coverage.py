"""Coverage: what the vignettes have seen of each rule, and what they have not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from orbicularis.authoring.possible import possible_states
from orbicularis.authoring.vignettes import Outcome
from orbicularis.facts.assessment import FindingResult, OrderState
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Criterion, Finding, Range
from orbicularis.knowledge.measurement import Measurement

_WITHHELD = frozenset(OrderState) - {OrderState.PROPOSED}


@dataclass(frozen=True, slots=True)
class Covered:
    """One thing that vignettes should show from all its sides.

    Attributes:
        kind: evidence, threshold, red flag or order.
        name: what it is, by the ids of the rules.
        wanted: the sides that it has.
        seen: the sides that some vignette showed.
    """

    kind: str
    name: str
    wanted: frozenset[str]
    seen: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Sides that no vignette showed."""
        return tuple(sorted(self.wanted - self.seen))


@dataclass(slots=True)
class Coverage:
    """Gathers what outcomes show, then tells it rule by rule."""

    bundle: Bundle
    _evidence: defaultdict[tuple[str, int], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    _flags: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _orders: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _thresholds: defaultdict[tuple[str, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, outcome: Outcome) -> None:
        """Take in one outcome."""
        assessment = outcome.answer.assessment
        for result in assessment.causes:
            for at, line in enumerate(result.evidence):
                self._evidence[result.cause.id, at].add(line.finding.state.value)
        for flag in assessment.red_flags:
            self._flags[flag.red_flag.id].add("fired" if flag.fired else "held")
        for order in assessment.orders:
            side = "withheld" if order.state in _WITHHELD else "proposed"
            self._orders[order.order.id].add(side)
        for finding in assessment.findings.values():
            self._add_measured(finding)

    def _add_measured(self, result: FindingResult) -> None:
        for support in result.supports:
            if support.value is not None:
                key = (result.finding.id, support.value.measurement)
                self._thresholds[key].add(result.state.value)

    def rows(self) -> Iterator[Covered]:
        """Tell every rule with the sides it has and those that were seen."""
        for cause in self.bundle.causes.values():
            for at, line in enumerate(cause.evidence):
                states = possible_states(self.bundle.findings[line.finding], self.bundle)
                wanted = frozenset(state.value for state in states)
                name = f"{cause.id}: {line.finding}"
                yield Covered("evidence", name, wanted, frozenset(self._evidence[cause.id, at]))
        for finding in self.bundle.findings.values():
            for criterion in _criteria(finding):
                seen = self._thresholds[finding.id, criterion.measurement]
                name = f"{finding.id}: {criterion.measurement}"
                sides = _sides(criterion, self.bundle.measurements[criterion.measurement])
                yield Covered("threshold", name, sides, frozenset(seen))
        for flag in self.bundle.red_flags:
            yield Covered(
                "red flag", flag, frozenset({"fired", "held"}), _frozen(self._flags[flag])
            )
        for order in self.bundle.orders:
            seen = self._orders[order]
            yield Covered("order", order, frozenset({"proposed", "withheld"}), _frozen(seen))


def _frozen(seen: Iterable[str]) -> frozenset[str]:
    return frozenset(seen)


def _criteria(finding: Finding) -> Iterator[Criterion]:
    for by in finding.recognised_by:
        if by.measurement is not None:
            yield from by.measurement.by


def _sides(criterion: Criterion, measurement: Measurement) -> frozenset[str]:
    """Both sides, but for a limit that no plausible value reaches ("any result at all")."""
    sides = {State.PRESENT.value: criterion.present, State.ABSENT.value: criterion.absent}
    if criterion.unit != measurement.unit or criterion.laboratory_range is not None:
        return frozenset(sides)
    return frozenset(
        side for side, limits in sides.items() if _overlap(limits, measurement.plausible)
    )


def _overlap(one: Range, other: Range) -> bool:
    lows = (one.above, one.at_least, other.above, other.at_least)
    highs = (one.below, one.at_most, other.below, other.at_most)
    low = max((limit for limit in lows if limit is not None), default=-inf)
    high = min((limit for limit in highs if limit is not None), default=inf)
    return low < high or (low == high and one.holds(low) and other.holds(low))


@dataclass(frozen=True, slots=True)
class Total:
    """Coverage of one kind of thing: how many rules, their sides, and the sides seen."""

    kind: str
    rules: int
    wanted: int
    seen: int

    @property
    def percent(self) -> float:
        """Sides seen, in percent; 100 when there are none."""
        return 100.0 * self.seen / self.wanted if self.wanted else 100.0


def totals(rows: Sequence[Covered]) -> list[Total]:
    """Add up each kind, in the order in which they come, and all of them last."""
    kinds = dict.fromkeys(row.kind for row in rows)
    each = [_total(kind, [row for row in rows if row.kind == kind]) for kind in kinds]
    return [*each, _total("all", rows)]


def _total(kind: str, rows: Sequence[Covered]) -> Total:
    wanted = sum(len(row.wanted) for row in rows)
    return Total(kind, len(rows), wanted, wanted - sum(len(row.missing) for row in rows))
