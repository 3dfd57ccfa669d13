"""Spans of what is fetched from FHIR servers (OpenTelemetry, HTTP client spans)."""

from functools import partial
from typing import Any

from opentelemetry.trace import SpanKind, StatusCode

from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.fetcher import Fetcher, Fetchers
from orbicularis.api.fhir_access.place import Place
from orbicularis.api.tracing.moments import MOMENTS, now
from orbicularis.api.tracing.tracing import Tracing

_CUT_OFF = "cut off"


class TracedFetcher(Fetcher):
    """Gets pages, each within a span that names the server and nothing of what is asked of it.

    The server is one of the allow-list. Neither path nor query is told, in which the patient's
    id stands, and no trace context is sent along.
    """

    def __init__(self, tracing: Tracing, *given: Any) -> None:
        """Keep what a ``Fetcher`` needs, and who makes the spans."""
        super().__init__(*given)
        self._tracing = tracing

    async def get(self, place: Place, *, vital: bool) -> bytes:
        """Get one page, as ``Fetcher`` does."""
        attributes: dict[str, str | int] = {
            "http.request.method": "GET",
            "server.address": place.host,
            "server.port": place.port,
        }
        with self._tracing.tracer.start_as_current_span(
            "GET FHIR",
            kind=SpanKind.CLIENT,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            # Stands unless it comes to another end: the deadline cancels.
            failure: str | None = _CUT_OFF
            try:
                body = await super().get(place, vital=vital)
                failure = None
            except Failed as failed:
                failure = failed.words
                raise
            finally:
                if failure is not None:
                    span.set_attribute("error.type", failure)
                    span.set_status(StatusCode.ERROR)
                moments = MOMENTS.get()
                if moments is not None:
                    moments.complete = now()
            span.set_attribute("http.response.body.size", len(body))
            return body


def fetchers(tracing: Tracing | None) -> Fetchers:
    """What makes fetchers: with spans where there is tracing, else plain ones."""
    return Fetcher if tracing is None else partial(TracedFetcher, tracing)
