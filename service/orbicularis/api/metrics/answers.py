"""Answers: which cards and suggestions went out, and what could not be read for them."""

from prometheus_client import CollectorRegistry, Counter

from orbicularis.api.decisions import UNKNOWN
from orbicularis.api.metrics.children import Children
from orbicularis.api.metrics.skips import OTHER_PATIENT, reason
from orbicularis.cards.marks import Marks
from orbicularis.engine.engine import Answer


class AnswerMetrics:
    """What those who write the rules watch: how often each of them speaks.

    Cards are told by the same digests as in feedback, so that both add up.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._cards = Children(
            Counter(
                "orbicularis_cards",
                "Cards that were sent, by kind, by the rule that leads them (cause, red flag, or "
                "the service where there is none) and by indicator.",
                ("kind", "rule", "indicator"),
                registry=registry,
            )
        )
        self._suggestions = Children(
            Counter(
                "orbicularis_suggestions",
                "Orders that were suggested, by order.",
                ("order",),
                registry=registry,
            )
        )
        self._resources = Counter(
            "orbicularis_resources", "FHIR resources that were looked at.", registry=registry
        )
        self._skipped = Children(
            Counter(
                "orbicularis_resources_skipped",
                "FHIR resources that were left aside, wholly or in part, by reason.",
                ("reason",),
                registry=registry,
            )
        )

    def sent(self, answer: Answer, marks: Marks) -> None:
        """An answer was made; ``marks`` are those of the rules that made it."""
        for card in answer.cards:
            about = marks.read(card.uuid)
            kind, rule = (UNKNOWN, UNKNOWN) if about is None else (about.kind, about.rule)
            self._cards[kind, rule, card.indicator].inc()
            for suggestion in card.suggestions or ():
                order = marks.read(suggestion.uuid)
                self._suggestions[UNKNOWN if order is None else order.rule,].inc()
        chart = answer.assessment.chart
        self._resources.inc(chart.resources)
        for skipped in chart.skipped:
            self._skipped[reason(skipped),].inc()
        if chart.of_others:
            self._skipped[OTHER_PATIENT,].inc(chart.of_others)
