"""Recognising findings in orders that are being placed; none of them is an exposure yet."""

from collections.abc import Iterator, Mapping

from orbicularis.facts.assessment import FindingResult, Note, Support
from orbicularis.facts.chart import Drafts
from orbicularis.facts.fact import Fact, Source, State
from orbicularis.knowledge.draft import DraftPattern
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.order import Order
from orbicularis.reasoning.fact_index import FactIndex


def by_draft(
    finding: Finding, pattern: DraftPattern, facts: FactIndex, orders: Mapping[str, Order]
) -> FindingResult:
    """Present when such an order is being placed; absent when all are known and none is.

    A draft is of now: no look-back applies to it.
    """
    supports = tuple(
        Support(fact, State.PRESENT, notes=(Note.DRAFTED,))
        for fact in _placed(pattern, facts, orders)
    )
    if supports:
        return FindingResult(finding, State.PRESENT, supports)
    is_known = facts.chart.drafts is Drafts.ALL_READ
    return FindingResult(finding, State.ABSENT if is_known else State.UNKNOWN)


def _placed(pattern: DraftPattern, facts: FactIndex, orders: Mapping[str, Order]) -> Iterator[Fact]:
    asked = [facts.of(pattern.codes), *(facts.about(orders[order]) for order in pattern.orders)]
    for fact in dict.fromkeys(fact for some in asked for fact in some):
        if fact.source is Source.DRAFT and fact.placed and fact.state is State.PRESENT:
            yield fact
