"""A collector on loopback: takes OTLP over HTTP, as well or as badly as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Collected:
    """What a collector was sent.

    Attributes:
        endpoint: where it listens.
        status: what it answers.
        bodies: every request's, as it came.
        resources: what each batch said of who made it.
        spans: of all batches.
        let_go: unset, it answers nothing before it is set.
    """

    def __init__(self) -> None:
        self.endpoint = ""
        self.status = 200
        self.bodies: list[bytes] = []
        self.resources: list[dict[str, Any]] = []
        self.spans: list[Span] = []
        self.let_go = threading.Event()
        self.let_go.set()
        self.asked = threading.Event()

    def take(self, body: bytes) -> None:
        """Decode a batch."""
        self.bodies.append(body)
        sent = ExportTraceServiceRequest.FromString(body)
        for resource in sent.resource_spans:
            self.resources.append(values(resource.resource.attributes))
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)

    def servers(self) -> list[Span]:
        """Spans of requests, in the order in which those began."""
        found = [span for span in self.spans if span.kind == Span.SPAN_KIND_SERVER]
        return sorted(found, key=lambda span: span.start_time_unix_nano)

    def below(self, parent: Span) -> list[Span]:
        """Spans within another."""
        return [span for span in self.spans if span.parent_span_id == parent.span_id]


def values(attributes: Any) -> dict[str, Any]:
    """Attributes by name."""
    return {one.key: _value(one) for one in attributes}


def _value(one: KeyValue) -> Any:
    return getattr(one.value, one.value.WhichOneof("value") or "string_value")


@contextmanager
def collector() -> Iterator[Collected]:
    """Listen on a free port."""
    collected = Collected()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collected.asked.set()
            collected.let_go.wait()
            if self.path == "/v1/traces":
                collected.take(body)
            self.send_response(collected.status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        collected.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield collected
        finally:
            collected.let_go.set()
            server.shutdown()
            thread.join()
