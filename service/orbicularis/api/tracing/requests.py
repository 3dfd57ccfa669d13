"""Spans of requests: one for each, whoever answers it (OpenTelemetry, HTTP server spans)."""

from collections.abc import Sequence

from opentelemetry.trace import Span, SpanKind, StatusCode, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orbicularis.api.tracing.moments import MOMENTS, Moments, now
from orbicularis.api.tracing.paths import UNTRACED, Paths
from orbicularis.api.tracing.tracing import Tracing

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_TRACEPARENT = "traceparent"
_FIRST_FAULT = 500
_PARENTS = TraceContextTextMapPropagator()


class RequestSpans:
    """Makes the span; the outermost of all, and there only where traces are wanted.

    Of what was sent it tells the method and the route alone: no path, query, header, host or
    address. Of a client's trace context (W3C) it takes ``traceparent``; ``tracestate`` and
    ``baggage`` may hold any text, and would be passed on to the collector.
    """

    def __init__(self, app: ASGIApp, tracing: Tracing, routes: Sequence[BaseRoute]) -> None:
        """Wrap the application.

        Args:
            app: what is wrapped.
            tracing: makes the spans.
            routes: the application's, by which they are named.
        """
        self.app = app
        self._paths = Paths(routes)
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in UNTRACED:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        span = self._begun(scope)
        moments = Moments()
        kept = MOMENTS.set(moments)

        async def receive_timed() -> Message:
            if moments.complete is not None:
                return await receive()
            if moments.asked is None:
                moments.asked = now()
            message = await receive()
            if not message.get("more_body", False):
                moments.complete = now()
                self._tracing.tracer.start_span("body", start_time=moments.asked).end(
                    moments.complete
                )
            return message

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note(span, message["status"])
            await send(message)

        try:
            # An exception's own words may quote the chart: they are not recorded.
            with use_span(
                span, end_on_exit=True, record_exception=False, set_status_on_exception=False
            ):
                try:
                    await self.app(scope, receive_timed, send_noted)
                finally:
                    request_id = scope["state"].get("request_id")
                    if request_id is not None:
                        span.set_attribute("orbicularis.request_id", request_id)
        finally:
            MOMENTS.reset(kept)

    def _begun(self, scope: Scope) -> Span:
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        attributes = {"http.request.method": method}
        name = "HTTP" if method == "_OTHER" else method
        known = self._paths.route(scope["path"])
        if known is not None:
            attributes["http.route"] = known
            name = f"{name} {known}"
        sent = Headers(scope=scope).getlist(_TRACEPARENT)
        # Sent twice, it means nothing (W3C Trace Context).
        parent = _PARENTS.extract({_TRACEPARENT: sent[0]}) if len(sent) == 1 else None
        return self._tracing.tracer.start_span(
            name, context=parent, kind=SpanKind.SERVER, attributes=attributes
        )


def _note(span: Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= _FIRST_FAULT:
        span.set_attribute("error.type", str(status))
        span.set_status(StatusCode.ERROR)
