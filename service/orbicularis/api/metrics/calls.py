"""Calls: how many, how they ended, how long they took, and how many there are at once."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from orbicularis.api.decisions import NONE
from orbicularis.api.metrics.children import Children

BUCKETS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Most calls take a few milliseconds; those that fetch from a FHIR server up to some seconds."""


class CallMetrics:
    """What an operator watches: load, failures and time."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._in_progress = Gauge(
            "orbicularis_requests_in_progress",
            "Calls of a service that are being answered now.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._requests = Children(
            Counter(
                "orbicularis_requests",
                "Calls of a service that were answered, by service, hook and HTTP status; none "
                "stands for what does not exist or was not known yet when the call was refused.",
                ("service", "hook", "status"),
                registry=registry,
            )
        )
        self._seconds = Children(
            Histogram(
                "orbicularis_request_duration_seconds",
                "Time that a call of a service took, in seconds, by hook.",
                ("hook",),
                registry=registry,
                buckets=BUCKETS_S,
            )
        )

        self._queued = Gauge(
            "orbicularis_requests_queued",
            "POST requests that wait for their turn now.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._shed = Counter(
            "orbicularis_requests_shed",
            "POST requests that were turned away with 503, because there were too many at once.",
            registry=registry,
        )

    def turned_away(self) -> None:
        """A request was not let in; it is not counted among the calls."""
        self._shed.inc()

    def queued(self, more: int) -> None:
        """A request began to wait for its turn (1), or waits no more (-1)."""
        self._queued.inc(more)

    def began(self) -> None:
        """A call came in; ``answered`` has to follow, whatever becomes of it."""
        self._in_progress.inc()

    def answered(self, service: str | None, hook: str | None, status: int, seconds: float) -> None:
        """A call was answered, with cards or with a refusal.

        Args:
            service: its id; None when there is none of the called name.
            hook: one of that service's hooks; None when it is none, or not known yet.
            status: HTTP status.
            seconds: since the call came in.
        """
        hook = hook or NONE
        self._in_progress.dec()
        self._requests[service or NONE, hook, f"{status:d}"].inc()
        self._seconds[hook,].observe(seconds)
