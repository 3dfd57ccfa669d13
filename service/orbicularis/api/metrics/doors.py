"""Doors: who was not let in, and whether the keys to know clients by could be fetched."""

from prometheus_client import CollectorRegistry, Counter

from orbicularis.api.auth.denial import Reason
from orbicularis.api.metrics.children import Children

FETCHED, FAILED = "fetched", "failed"


class DoorMetrics:
    """What an operator watches of authentication; no issuer and no place is a label."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._denied = Children(
            Counter(
                "orbicularis_not_admitted",
                "Requests that were not let in, by reason; who called is not known.",
                ("reason",),
                registry=registry,
            )
        )
        self._fetches = Children(
            Counter(
                "orbicularis_key_set_fetches",
                "Attempts to fetch a key set from its URL, by outcome: fetched or failed.",
                ("outcome",),
                registry=registry,
            )
        )
        # There from the start, at zero: the first event would else look like no change.
        for reason in Reason:
            _ = self._denied[reason.value,]
        for outcome in (FETCHED, FAILED):
            _ = self._fetches[outcome,]

    def denied(self, reason: str) -> None:
        """A request was not let in; the reason is one of ``auth.denial.Reason``."""
        self._denied[reason,].inc()

    def fetched(self, *, usable: bool) -> None:
        """A key set was fetched, or was not, or held nothing usable."""
        self._fetches[FETCHED if usable else FAILED,].inc()
