"""Orders: proposed only while their result would still tell something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from orbicularis.facts.assessment import (
    Band,
    CauseResult,
    FindingResult,
    OrderResult,
    OrderState,
    RedFlagResult,
)
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.dates import is_surely_within, is_within, trusted_date
from orbicularis.reasoning.expression import evaluate
from orbicularis.reasoning.findings import Findings

_RESULTS = frozenset({Source.OBSERVATION, Source.REPORT, Source.PROCEDURE})
_SETTLED = frozenset({OrderState.DONE, OrderState.ANSWERED})


@dataclass(frozen=True, slots=True)
class _Request:
    """That something asks for an order, and in which tier."""

    order: str
    asked_by: str
    first: bool


class OrderBook:
    """Decides about every order that red flags, causes or the baseline ask for."""

    def __init__(self, bundle: Bundle, service: Service, findings: Findings) -> None:
        """Keep the rules and the chart's findings."""
        self._bundle = bundle
        self._service = service
        self._findings = findings
        self._measured = _measurements_by_concept(bundle)

    def decide(
        self, flags: Iterable[RedFlagResult], causes: Iterable[CauseResult]
    ) -> tuple[OrderResult, ...]:
        """Give every order asked for, those to propose first, in order of importance."""
        listed = [cause for cause in causes if cause.hidden is None]
        asked = list(self._asked(flags, listed))
        results = {
            order: self._result(self._bundle.orders[order], asked)
            for order in dict.fromkeys(request.order for request in asked)
        }
        for order in self._too_early(listed, results, asked):
            results[order] = replace(results[order], state=OrderState.LATER)
        return self._capped(results.values())

    def _asked(
        self, flags: Iterable[RedFlagResult], listed: list[CauseResult]
    ) -> Iterator[_Request]:
        """Flags before causes before the baseline; second tiers after every first one."""
        for flag in (flag.red_flag for flag in flags if flag.fired):
            yield from _requests(flag.orders, flag.title, first=True)
        likely = [one.cause for one in listed if one.band is not Band.LESS_LIKELY]
        for cause in likely:
            yield from _requests(cause.workup.first, cause.title, first=True)
        for baseline in self._service.baseline:
            if evaluate(baseline.when, self._findings).state is State.PRESENT:
                yield from _requests(baseline.orders, baseline.reason, first=True)
        for cause in likely:
            yield from _requests(cause.workup.then, cause.title, first=False)

    def _result(self, order: Order, asked: list[_Request]) -> OrderResult:
        requests = [request for request in asked if request.order == order.id]
        state, because = self._state(order)
        return OrderResult(
            order=order,
            state=state,
            first_tier=any(request.first for request in requests),
            asked_by=tuple(dict.fromkeys(request.asked_by for request in requests)),
            because=because,
            settles=tuple(self._open(order)),
        )

    def _open(self, order: Order) -> Iterator[FindingResult]:
        results = map(self._findings, order.answers)
        return (result for result in results if result.state is State.UNKNOWN)

    def _state(self, order: Order) -> tuple[OrderState, Fact | None]:
        """Say what became of the order; the latest record that makes it needless is named."""
        keys = {*order.satisfied_by, *((order.code,) if order.code else ())}
        facts = sorted(self._findings.facts.of(sorted(keys)), key=_latest_first)
        for state, makes_it_so in (
            (OrderState.DONE, self._is_done),
            (OrderState.PENDING, self._is_pending),
            (OrderState.ORDERED, self._is_ordered),
        ):
            because = next((fact for fact in facts if makes_it_so(fact, order)), None)
            if because is not None:
                return state, because
        drafted = next((fact for fact in facts if fact.source is Source.DRAFT), None)
        if drafted is not None:
            return OrderState.DRAFTED, drafted
        if order.answers and not any(True for _ in self._open(order)):
            return OrderState.ANSWERED, None
        return OrderState.PROPOSED, None

    def _is_done(self, fact: Fact, order: Order) -> bool:
        """A final, readable result of known date within the time it stays good."""
        now = self._findings.facts.chart.now
        return (
            fact.source in _RESULTS
            and fact.progress is Progress.FINAL
            and trusted_date(fact) is not None
            and is_surely_within(fact, order.lasts, now)
            and self._is_readable(fact)
        )

    def _is_readable(self, fact: Fact) -> bool:
        """A laboratory result that nobody can read has to be repeated."""
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
        return not measurements or any(reading.usable for reading in readings)

    def _is_pending(self, fact: Fact, order: Order) -> bool:
        now = self._findings.facts.chart.now
        waiting = fact.progress in (Progress.PENDING, Progress.PRELIMINARY)
        return fact.source in _RESULTS and waiting and is_within(fact, order.awaited_for, now)

    def _is_ordered(self, fact: Fact, order: Order) -> bool:
        now = self._findings.facts.chart.now
        active = fact.source is Source.REQUEST and fact.progress is Progress.ACTIVE
        return active and is_within(fact, order.awaited_for, now)

    def _too_early(
        self,
        listed: list[CauseResult],
        results: dict[str, OrderResult],
        asked: list[_Request],
    ) -> Iterator[str]:
        """Second-tier orders of causes whose first tier still has, or will have, a say."""
        settled = {
            result.cause.title
            for result in listed
            if all(
                results[order].state in _SETTLED
                for order in result.cause.workup.first
                if order in results
            )
        }
        for order, result in results.items():
            if result.state is OrderState.PROPOSED and not result.first_tier:
                askers = {request.asked_by for request in asked if request.order == order}
                if not askers & settled:
                    yield order

    def _capped(self, results: Iterable[OrderResult]) -> tuple[OrderResult, ...]:
        every = list(results)
        proposed = [result for result in every if result.state is OrderState.PROPOSED]
        most = self._service.caps.orders
        beyond = [replace(one, state=OrderState.BEYOND_CAP) for one in proposed[most:]]
        others = [result for result in every if result.state is not OrderState.PROPOSED]
        return (*proposed[:most], *beyond, *others)


def _requests(orders: Iterable[str], asked_by: str, *, first: bool) -> Iterator[_Request]:
    return (_Request(order, asked_by, first) for order in orders)


def _latest_first(fact: Fact) -> float:
    at = trusted_date(fact)
    return -at.timestamp() if at else 0.0


def _measurements_by_concept(bundle: Bundle) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for measurement in bundle.measurements.values():
        for key in measurement.codes:
            found.setdefault(key, set()).add(measurement.id)
    return found
