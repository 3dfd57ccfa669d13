"""The facts of one chart, arranged for look-up by concept and by mentioned finding."""

from collections import defaultdict
from collections.abc import Iterable

from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import Fact, Mention


class FactIndex:
    """Facts by terminology key and by mentioned finding, in an order of their own.

    The order does not depend on how the chart was sent, so that repeating or shuffling
    resources changes nothing.
    """

    def __init__(self, chart: Chart) -> None:
        """Arrange the facts of the chart."""
        self.chart = chart
        self._by_concept: dict[str, list[Fact]] = defaultdict(list)
        self._by_mention: dict[str, list[tuple[Fact, Mention]]] = defaultdict(list)
        for fact in sorted(chart.facts, key=_order):
            for key in fact.concepts | fact.answers:
                self._by_concept[key].append(fact)
            for mention in fact.mentions:
                self._by_mention[mention.finding].append((fact, mention))

    def of(self, keys: Iterable[str]) -> list[Fact]:
        """Facts whose code or coded value matches any of the keys, each once."""
        found: dict[int, Fact] = {}
        for key in keys:
            for fact in self._by_concept.get(key, ()):
                found[id(fact)] = fact
        return list(found.values())

    def mentions(self, finding: str) -> list[tuple[Fact, Mention]]:
        """Facts whose words name the finding."""
        return self._by_mention.get(finding, [])


def _order(fact: Fact) -> tuple[str, ...]:
    """Told by the record first, then by all that can differ between facts of one record."""
    return (
        fact.reference,
        fact.source,
        fact.label,
        *(str(part) for part in (fact.at, fact.began, fact.ended, fact.span, fact.began_span)),
        *(str(part) for part in (fact.state, fact.progress, fact.quantity, fact.flag)),
        *(" ".join(sorted(keys)) for keys in (fact.concepts, fact.answers, fact.sites)),
        *(str(part) for part in (fact.mentions, fact.in_encounter, fact.future)),
    )
