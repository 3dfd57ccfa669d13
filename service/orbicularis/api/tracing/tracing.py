"""Tracing: spans of one application, from its start to its stop."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from opentelemetry.trace import NoOpTracer, Tracer, get_current_span

from orbicularis.api.decision_line import DecisionLine
from orbicularis.api.tracing.log_ids import LogIds
from orbicularis.api.tracing.moments import MOMENTS, now
from orbicularis.api.tracing.wanted import is_wanted

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_MISSING = (
    "traces are asked for (OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is "
    "set), but what sends them is not installed: pip install 'orbicularis[traces]', or unset it"
)
_LAST_WORDS_S = 2.0
_POLL_S = 0.01
_LOG = logging.getLogger("orbicularis.tracing")


class Tracing:
    """Makes spans; their way to the collector is open while the application runs.

    Each worker process has one of its own. What is slow or fails on that way is a thread's
    affair: spans are dropped, never a call held up.
    """

    def __init__(self, make: "Callable[[], TracerProvider]") -> None:
        """Prepare; no thread is started before ``open``.

        Args:
            make: gives what collects and sends the spans.
        """
        self.tracer: Tracer = NoOpTracer()
        self._make = make
        self._provider: TracerProvider | None = None
        self._log_ids = LogIds()

    def open(self) -> None:
        """Begin to collect spans, and to name their traces in the log."""
        self._provider = self._make()
        self.tracer = self._provider.get_tracer("orbicularis")
        for handler in logging.getLogger().handlers:
            handler.addFilter(self._log_ids)

    async def close(self) -> None:
        """Send what is left, in a bounded time: a collector that hangs holds no stop up."""
        provider, self._provider, self.tracer = self._provider, None, NoOpTracer()
        for handler in logging.getLogger().handlers:
            handler.removeFilter(self._log_ids)
        if provider is None:
            return
        # Not one of the loop's own threads: those are waited for when the process ends.
        sending = Thread(target=provider.shutdown, name="orbicularis-traces", daemon=True)
        sending.start()
        until = monotonic() + _LAST_WORDS_S
        while sending.is_alive() and monotonic() < until:
            await asyncio.sleep(_POLL_S)
        if sending.is_alive():
            _LOG.warning("traces left unsent")

    def told(self, line: DecisionLine) -> None:
        """Put on the span of a call what its log line tells, but for who called."""
        span = get_current_span()
        if not span.is_recording():
            return
        answer = line.answer
        known = {
            "cds_hooks.service": line.service,
            "cds_hooks.hook": line.hook,
            "orbicularis.revision": line.revision[:12] if line.revision else None,
            "orbicularis.cards": len(answer.cards) if answer else None,
        }
        span.set_attributes({name: value for name, value in known.items() if value is not None})
        moments = MOMENTS.get()
        if answer is not None and moments is not None and moments.complete is not None:
            self.tracer.start_span("answer", start_time=moments.complete).end(now())


def tracing_of(environment: Mapping[str, str] = os.environ) -> Tracing | None:
    """Prepare what the environment asks for; None where it asks for no traces.

    Raises:
        ValueError: it cannot be done; in words for the operator.
    """
    if not is_wanted(environment):
        return None
    try:
        # Only here: where no traces are wanted, none of it is loaded, or need be installed.
        from orbicularis.api.tracing.provider import provider
    except ImportError:
        raise ValueError(_MISSING) from None
    return Tracing(provider)
