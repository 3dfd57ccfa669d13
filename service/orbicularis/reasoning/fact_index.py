"""The facts of one chart, arranged for look-up by concept and by mentioned finding."""

from collections import defaultdict
from collections.abc import Iterable

from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import Fact, Mention
from orbicularis.knowledge.asked import Asked
from orbicularis.knowledge.order import Order


class FactIndex:
    """Facts by terminology key and by mentioned finding, in an order of their own.

    The order does not depend on how the chart was sent, so that repeating or shuffling
    resources changes nothing.
    """

    def __init__(self, chart: Chart) -> None:
        """Arrange the facts of the chart."""
        self.chart = chart
        self._by_concept: dict[str, list[Fact]] = defaultdict(list)
        self._by_order: dict[str, list[Fact]] = defaultdict(list)
        self._by_mention: dict[str, list[tuple[Fact, Mention]]] = defaultdict(list)
        for fact in _sorted(chart.facts):
            for key in fact.concepts | fact.answers:
                self._by_concept[key].append(fact)
            for order in fact.orders:
                self._by_order[order].append(fact)
            for mention in fact.mentions:
                self._by_mention[mention.finding].append((fact, mention))

    def of(self, keys: Iterable[str]) -> list[Fact]:
        """Facts whose code or coded value matches any of the keys, each once."""
        return _once(fact for key in keys for fact in self._by_concept.get(key, ()))

    def about(self, order: Order) -> list[Fact]:
        """Facts that carry the order's code, a code that makes it needless, or its own words."""
        keys = (*([order.code] if order.code else []), *order.satisfied_by)
        return _once([*self.of(keys), *self._by_order.get(order.id, ())])

    def findings(self, asked: Asked) -> frozenset[str]:
        """Findings of which any fact carries a key or a word."""
        by_key = asked.by_key
        known = (by_key[key] for key in self._by_concept if key in by_key)
        return frozenset(self._by_mention).union(*known)

    def mentions(self, finding: str) -> list[tuple[Fact, Mention]]:
        """Facts whose words name the finding."""
        return self._by_mention.get(finding, [])


def _sorted(facts: Iterable[Fact]) -> list[Fact]:
    """Sort by what nearly always tells them apart, and only where it does not by all there is."""
    ordered = sorted(facts, key=_first)
    if len(set(map(_first, ordered))) < len(ordered):
        ordered.sort(key=_order)
    return ordered


def _first(fact: Fact) -> tuple[str, str, str]:
    return fact.reference, fact.source, fact.label


def _once(facts: Iterable[Fact]) -> list[Fact]:
    return list({id(fact): fact for fact in facts}.values())


def _order(fact: Fact) -> tuple[str, ...]:
    """Told by the record first, then by all that can differ between facts of one record."""
    return (
        *_first(fact),
        *(str(part) for part in (fact.at, fact.began, fact.ended, fact.span, fact.began_span)),
        *(str(part) for part in (fact.state, fact.progress, fact.quantity, fact.flag)),
        *(" ".join(sorted(keys)) for keys in (fact.concepts, fact.answers)),
        *(" ".join(sorted(keys)) for keys in (fact.orders, fact.sites)),
        *(str(part) for part in (fact.mentions, fact.in_encounter, fact.placed)),
        str(fact.future),
    )
