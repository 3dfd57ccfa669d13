"""Fetches: what was asked of clients' FHIR servers, and what came of it."""

import re
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram

from orbicularis.api.metrics.children import Children
from orbicularis.facts.call import Fetched

COMPLETE = "complete"
BUCKETS_S = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""From a server in the same room to the longest that an operator lets it take."""

_STATUS = re.compile(r"HTTP ([1-9])[0-9]{2}")


class FetchMetrics:
    """What an operator watches of FHIR access; no server and no query is a label."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._queries = Children(
            Counter(
                "orbicularis_fhir_queries",
                "Queries of FHIR servers that calls lacked the answers of, by how they ended: "
                "complete, or why they failed or were not asked at all.",
                ("outcome",),
                registry=registry,
            )
        )
        self._pages = Counter(
            "orbicularis_fhir_pages", "Pages that FHIR servers answered with.", registry=registry
        )
        self._seconds = Histogram(
            "orbicularis_fhir_access_duration_seconds",
            "Time in which all that one call lacked was fetched or given up, in seconds.",
            registry=registry,
            buckets=BUCKETS_S,
        )

    def fetched(self, queries: Iterable[Fetched], seconds: float) -> None:
        """A call was completed as far as could be."""
        for query in queries:
            self._queries[outcome(query.failure),].inc()
            self._pages.inc(len(query.pages))
        self._seconds.observe(seconds)


def outcome(failure: str | None) -> str:
    """The value of the label for fixed words of ``fhir_access.failed``; few for all statuses."""
    if failure is None:
        return COMPLETE
    status = _STATUS.fullmatch(failure)
    return f"http-{status[1]}xx" if status else failure.lower().replace(" ", "-")
