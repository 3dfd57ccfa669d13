"""Reloads: how attempts to renew the rules ended."""

from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge

from orbicularis.api.metrics.children import Children

Ending = Literal["served", "unchanged", "refused"]


class ReloadMetrics:
    """What an operator watches after rules were changed: whether they have arrived."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._endings = Children(
            Counter(
                "orbicularis_rule_reloads",
                "Attempts to renew the rules, by outcome: served, unchanged, or refused for "
                "their errors.",
                ("outcome",),
                registry=registry,
            )
        )
        self._stale = Gauge(
            "orbicularis_rules_stale",
            "Whether the rules in the folder are refused and older ones are served: 1 when it "
            "is so in any worker process, else 0.",
            registry=registry,
            multiprocess_mode="livemax",
        )

    def ended(self, ending: Ending) -> None:
        """An attempt came to its end."""
        self._endings[ending,].inc()
        self._stale.set(1 if ending == "refused" else 0)
