"""Decisions: what users did with the cards, as far as clients tell (CDS Hooks 2.0, Feedback)."""

from prometheus_client import CollectorRegistry, Counter

from orbicularis.api.decisions import Decision
from orbicularis.api.metrics.children import Children


class DecisionMetrics:
    """What those who write the rules watch: which of them are followed."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._requests = Children(
            Counter(
                "orbicularis_feedback_requests",
                "Requests with feedback that were answered, by HTTP status.",
                ("status",),
                registry=registry,
            )
        )
        self._outcomes = Children(
            Counter(
                "orbicularis_feedback",
                "Decisions of users on cards, by kind and leading rule of the card, by outcome, "
                "and by the revision that gave the card: current, other or unknown.",
                ("kind", "rule", "outcome", "revision"),
                registry=registry,
            )
        )
        self._reasons = Children(
            Counter(
                "orbicularis_override_reasons",
                "Reasons given for overriding a card, by kind and leading rule of the card and by "
                "code; other stands for codes that the card did not offer.",
                ("kind", "rule", "reason"),
                registry=registry,
            )
        )
        self._accepted = Children(
            Counter(
                "orbicularis_suggestions_accepted",
                "Suggestions that users accepted, by order.",
                ("order",),
                registry=registry,
            )
        )

    def received(self, status: int) -> None:
        """A request with feedback was answered."""
        self._requests[f"{status:d}",].inc()

    def told(self, decision: Decision) -> None:
        """A user decided on a card."""
        card = decision.kind, decision.rule
        self._outcomes[*card, decision.outcome, decision.revision].inc()
        for order in decision.orders:
            self._accepted[order,].inc()
        for reason in decision.reasons:
            self._reasons[*card, reason].inc()
