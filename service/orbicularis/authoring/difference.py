"""In which points an answer is not what a vignette expects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orbicularis.engine.engine import Answer
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.vignette import Expected
from orbicularis.reasoning.findings import Findings

NONE = "none"
"""Said where there is nothing of a kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One point: what was looked at, what was expected of it, and what came."""

    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.what}: expected {self.expected}; got {self.got}"


def differences(expected: Expected, answer: Answer, bundle: Bundle) -> Iterator[Difference]:
    """Yield every point in which the answer is not what was expected."""
    yield from _of_cards(expected, answer)
    yield from _of_causes(expected, answer)
    yield from _of_flags(expected, answer)
    yield from _of_orders(expected, answer)
    for finding, state in expected.findings.items():
        told = _state(finding, answer, bundle)
        if told != state:
            yield Difference(f"finding {finding}", state, told)


def _state(finding: str, answer: Answer, bundle: Bundle) -> str:
    """The state even of a finding that nothing asked for: it can be tested before it is used."""
    assessment = answer.assessment
    result = assessment.findings.get(finding) or Findings(assessment.chart, bundle)(finding)
    return result.state.value


def _of_cards(expected: Expected, answer: Answer) -> Iterator[Difference]:
    if expected.nothing and answer.cards:
        got = "; ".join(f"{card.indicator}: {card.summary}" for card in answer.cards)
        yield Difference("cards", NONE, got)
    if expected.indicator is not None:
        shown = [Urgency(card.indicator) for card in answer.cards]
        highest = max(shown, key=lambda urgency: urgency.rank, default=None)
        if highest is not expected.indicator:
            yield Difference("indicator", expected.indicator.value, highest or "no card")


def _of_causes(expected: Expected, answer: Answer) -> Iterator[Difference]:
    listed = {result.cause.id: result for result in answer.assessment.listed}
    ranks = {cause: rank for rank, cause in enumerate(listed)}
    order = _joined(listed)
    if expected.first is not None and ranks.get(expected.first) != 0:
        yield Difference("first cause", expected.first, order)
    for cause in expected.listed:
        if cause not in listed:
            yield Difference("listed causes", f"{cause} among them", order)
    for cause in expected.not_listed:
        if cause in listed:
            yield Difference("listed causes", f"{cause} not among them", order)
    for upper, lower in expected.above:
        if upper not in ranks or ranks[upper] >= ranks.get(lower, len(ranks)):
            yield Difference("order of causes", f"{upper} above {lower}", order)
    for cause, band in expected.band.items():
        result = listed.get(cause)
        told = result.band.value if result and result.band else "not listed"
        if told != band:
            yield Difference(f"band of {cause}", band, told)


def _of_flags(expected: Expected, answer: Answer) -> Iterator[Difference]:
    fired = sorted(flag.red_flag.id for flag in answer.assessment.fired)
    if expected.red_flags is not None and fired != sorted(expected.red_flags):
        yield Difference("red flags", _joined(sorted(expected.red_flags)), _joined(fired))


def _of_orders(expected: Expected, answer: Answer) -> Iterator[Difference]:
    states = {result.order.id: result.state.value for result in answer.assessment.orders}
    for order in expected.orders:
        told = states.get(order, "not asked for")
        if told != "proposed":
            yield Difference(f"order {order}", "proposed", told)
    for order in expected.no_orders:
        if states.get(order) == "proposed":
            yield Difference(f"order {order}", "not proposed", "proposed")


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names) or NONE
