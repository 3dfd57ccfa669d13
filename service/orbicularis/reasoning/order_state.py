"""What became of an order in this chart: done, pending, ordered, or still to be proposed."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from orbicularis.facts.assessment import FindingResult, OrderState
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.order import Order
from orbicularis.reasoning.dates import is_surely_within, is_within, trusted_date
from orbicularis.reasoning.findings import Findings

_RESULTS = frozenset({Source.OBSERVATION, Source.REPORT, Source.PROCEDURE})


class OrderStates:
    """Looks orders up in one chart."""

    def __init__(self, measured: Mapping[str, set[str]], findings: Findings) -> None:
        """Keep the chart's findings, and which measurements a concept belongs to."""
        self._findings = findings
        self._now = findings.facts.chart.now
        self._measured = measured

    def state(self, order: Order, at_most: timedelta | None) -> tuple[OrderState, Fact | None]:
        """Say what became of the order; the latest record that makes it needless is named.

        Args:
            order: the rule.
            at_most: how old a record may be for somebody in a hurry; then what older results
                told counts for nothing.
        """
        lasts = min(order.lasts, at_most or order.lasts)
        awaited = min(order.awaited_for, at_most or order.awaited_for)
        facts = sorted(self._findings.facts.about(order), key=_latest_first)
        for fact in facts:
            if self._is_done(fact, lasts):
                return OrderState.DONE, fact
        for state, makes_it_so in (
            (OrderState.PENDING, _is_pending),
            (OrderState.ORDERED, _is_ordered),
        ):
            for fact in facts:
                if makes_it_so(fact) and is_within(fact, awaited, self._now):
                    return state, fact
        drafted = next((fact for fact in facts if fact.source is Source.DRAFT), None)
        if drafted is not None:
            return OrderState.DRAFTED, drafted
        if at_most is None and order.answers and not any(True for _ in self.open(order)):
            return OrderState.ANSWERED, None
        return OrderState.PROPOSED, None

    def open(self, order: Order) -> Iterator[FindingResult]:
        """Findings that the result would settle and that are unknown."""
        results = map(self._findings, order.answers)
        return (result for result in results if result.state is State.UNKNOWN)

    def _is_done(self, fact: Fact, lasts: timedelta) -> bool:
        """A final, readable result of known date within the time it stays good."""
        return (
            fact.source in _RESULTS
            and fact.progress is Progress.FINAL
            and trusted_date(fact) is not None
            and is_surely_within(fact, lasts, self._now)
            and self._is_readable(fact)
        )

    def _is_readable(self, fact: Fact) -> bool:
        """A result that nobody can read has to be repeated."""
        if fact.source is not Source.OBSERVATION:
            return fact.state is State.PRESENT
        measurements = {
            measurement for key in fact.concepts for measurement in self._measured.get(key, ())
        }
        readings = (
            reading
            for measurement in measurements
            for reading in self._findings.readings.of(measurement)
            if reading.fact is fact
        )
        if not measurements:
            return fact.state is not State.UNKNOWN
        return any(reading.usable for reading in readings)


def _is_pending(fact: Fact) -> bool:
    waiting = fact.progress in (Progress.PENDING, Progress.PRELIMINARY)
    return waiting and fact.source in _RESULTS


def _is_ordered(fact: Fact) -> bool:
    return fact.source is Source.REQUEST and fact.progress is Progress.ACTIVE


def _latest_first(fact: Fact) -> float:
    at = trusted_date(fact)
    return -at.timestamp() if at else 0.0


def measurements_by_concept(bundle: Bundle) -> dict[str, set[str]]:
    """The ids of the measurements that have a concept among their codes, by its key."""
    found: dict[str, set[str]] = {}
    for measurement in bundle.measurements.values():
        for key in measurement.codes:
            found.setdefault(key, set()).add(measurement.id)
    return found
