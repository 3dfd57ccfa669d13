"""Orders: proposed only while their result would still tell something."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from orbicularis.facts.assessment import (
    CauseResult,
    OrderResult,
    OrderState,
    RedFlagResult,
)
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.order import Order, OrderKind, Priority
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.expression import combination
from orbicularis.reasoning.findings import Findings
from orbicularis.reasoning.order_state import OrderStates, measurements_by_concept


class _Request(msgspec.Struct, frozen=True):
    """That something asks for an order: in which tier, how urgently, how fresh a result."""

    order: str
    asked_by: str
    first: bool
    priority: Priority = Priority.ROUTINE
    results_last: timedelta | None = None


class OrderRules:
    """What the rules say of orders, made ready once for all charts.

    Attributes:
        orders: the orders by id.
        most: how many are proposed.
        baselines: what the presenting finding itself may call for, with when it does.
        measured: the measurements that a concept belongs to.
    """

    def __init__(self, bundle: Bundle, service: Service) -> None:
        """Make them ready."""
        self.orders = bundle.orders
        self.most = service.caps.orders
        self.baselines = tuple((one, combination(one.when)) for one in service.baseline)
        self.measured = measurements_by_concept(bundle)


class OrderBook:
    """Decides about every order that red flags, causes or the baseline ask for."""

    def __init__(self, rules: OrderRules, findings: Findings) -> None:
        """Keep the rules and the chart's findings."""
        self._rules = rules
        self._states = OrderStates(rules.measured, findings)
        self.baseline = tuple(
            baseline for baseline, when in rules.baselines if when(findings).state is State.PRESENT
        )

    def decide(
        self, flags: Iterable[RedFlagResult], causes: Iterable[CauseResult]
    ) -> tuple[OrderResult, ...]:
        """Give every order asked for, those to propose first, in order of importance."""
        listed = [cause for cause in causes if cause.hidden is None]
        asked = list(self._asked(flags, listed))
        results = {
            order: self._result(self._rules.orders[order], asked)
            for order in dict.fromkeys(request.order for request in asked)
        }
        for order in self._too_early(listed, results, asked):
            results[order] = replace(results[order], state=OrderState.LATER)
        return self._capped(_one_of_a_family(results.values()))

    def _asked(
        self, flags: Iterable[RedFlagResult], listed: list[CauseResult]
    ) -> Iterator[_Request]:
        """Flags before causes before the baseline; second tiers after every first one."""
        for flag in (flag.red_flag for flag in flags if flag.fired):
            for order in flag.orders:
                priority = flag.priority or Priority.ROUTINE
                yield _Request(order, flag.title, True, priority, flag.results_last)
        likely = [one.cause for one in listed if one.asks_for_workup]
        for cause in likely:
            yield from _requests(cause.workup.first, cause.title, first=True)
        for baseline in self.baseline:
            yield from _requests(baseline.orders, baseline.reason, first=True)
        for cause in likely:
            yield from _requests(cause.workup.then, cause.title, first=False)

    def _result(self, order: Order, asked: list[_Request]) -> OrderResult:
        requests = [request for request in asked if request.order == order.id]
        limits = [request.results_last for request in requests if request.results_last]
        state, because = self._states.state(order, min(limits, default=None))
        urgencies = [order.priority, *(request.priority for request in requests)]
        return OrderResult(
            order=order,
            state=state,
            first_tier=any(request.first for request in requests),
            priority=max(urgencies, key=lambda priority: priority.rank),
            asked_by=tuple(dict.fromkeys(request.asked_by for request in requests)),
            because=because,
            settles=tuple(self._states.open(order)),
        )

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
                _is_settled(results[order])
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
        most = self._rules.most
        beyond = [replace(one, state=OrderState.BEYOND_CAP) for one in proposed[most:]]
        others = [result for result in every if result.state is not OrderState.PROPOSED]
        return (*proposed[:most], *beyond, *others)


def _one_of_a_family(results: Iterable[OrderResult]) -> Iterator[OrderResult]:
    """Leave out what an order proposed before it, as urgently, tells too (one MRI, not two)."""
    urgency: dict[str, int] = {}
    for result in results:
        state, code, rank = result.state, result.order.code, result.priority.rank
        if state is OrderState.PROPOSED:
            if any(urgency.get(key, -1) >= rank for key in result.order.satisfied_by):
                state = OrderState.COVERED
            elif code is not None:
                urgency[code] = rank
        yield replace(result, state=state)


def _is_settled(result: OrderResult) -> bool:
    """Nothing more to come: it has resulted, is known, or is a referral that was made."""
    made = result.order.kind is OrderKind.REFERRAL and result.state is OrderState.ORDERED
    return made or result.state in (OrderState.DONE, OrderState.ANSWERED)


def _requests(orders: Iterable[str], asked_by: str, *, first: bool) -> Iterator[_Request]:
    return (_Request(order, asked_by, first) for order in orders)
