"""What collects spans and sends them: OpenTelemetry's SDK, as its own variables say.

Imported only where traces are wanted: the package's extra ``traces`` brings it.
"""

import logging
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

_QUIET = ("opentelemetry.exporter", "opentelemetry.sdk._shared_internal", "urllib3")
_LOG = logging.getLogger("orbicularis.tracing")


class Told(SpanExporter):
    """Sends spans, and logs when that begins to fail and when it works again.

    The exporter logs each attempt, with URLs and in the collector's words: those are silenced.
    """

    def __init__(self, exporter: SpanExporter) -> None:
        """Wrap the exporter."""
        self._exporter = exporter
        self._arrives = True

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send; in a thread of its own, where it may wait."""
        try:
            result = self._exporter.export(spans)
        except Exception:
            # Whatever the exporter stumbles over: its words may hold the endpoint's secret.
            result = SpanExportResult.FAILURE
        arrives = result is SpanExportResult.SUCCESS
        if self._arrives and not arrives:
            _LOG.warning("traces do not arrive")
        elif arrives and not self._arrives:
            _LOG.info("traces arrive again")
        self._arrives = arrives
        return result

    def shutdown(self) -> None:
        """Send no more."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Nothing is held here."""
        return self._exporter.force_flush(timeout_millis)


def provider() -> TracerProvider:
    """Make one for this process; it starts a thread, and is not made the process's own.

    Libraries that find a provider for the whole process may put into spans what they like.
    """
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    ours = Resource(
        {
            "service.name": "orbicularis",
            # Workers of one service are told apart by it.
            "service.instance.id": str(uuid4()),
            **_version(),
        }
    )
    resource = Resource.create().merge(ours).merge(OTELResourceDetector().detect())
    made = TracerProvider(resource=resource, shutdown_on_exit=False)
    made.add_span_processor(BatchSpanProcessor(Told(OTLPSpanExporter())))
    return made


def _version() -> dict[str, str]:
    """The service's version; nothing where it runs from a folder and is not installed."""
    try:
        return {"service.version": version("orbicularis")}
    except PackageNotFoundError:
        return {}
