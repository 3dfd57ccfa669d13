"""Doors: who was not let in, and whether the keys to know clients by could be fetched."""

from collections.abc import Iterable

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
                "Attempts to fetch a key set from its URL, by outcome: fetched or failed. "
                "key_set is its position in ORBICULARIS_JWT_JWKS, from 1.",
                ("key_set", "outcome"),
                registry=registry,
            )
        )
        # There from the start, at zero: the first event would else look like no change.
        for reason in Reason:
            _ = self._denied[reason.value,]

    def expect(self, key_sets: Iterable[int]) -> None:
        """Show these key sets from the start, too; positions in the setting, from 1."""
        for key_set in key_sets:
            for outcome in (FETCHED, FAILED):
                _ = self._fetches[str(key_set), outcome]

    def denied(self, reason: str) -> None:
        """A request was not let in; the reason is one of ``auth.denial.Reason``."""
        self._denied[reason,].inc()

    def fetched(self, key_set: int, *, usable: bool) -> None:
        """The key set at that position was fetched, or was not, or held nothing usable."""
        self._fetches[str(key_set), FETCHED if usable else FAILED].inc()
