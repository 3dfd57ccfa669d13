"""What a running application holds: rules, doors, counters; nothing of any patient."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI

from orbicularis.api import deadline
from orbicularis.api.auth.entrance import Entrance, entrance
from orbicularis.api.draining import Draining
from orbicularis.api.fhir_access.access import Access
from orbicularis.api.limits import Limits
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.reload.live import Live
from orbicularis.api.reload.reloading import reloading
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings
from orbicularis.api.tracing.tracing import Tracing, tracing_of

if TYPE_CHECKING:
    from orbicularis.api.fhir_access.fetcher import Fetchers


@dataclass(frozen=True, slots=True)
class Running:
    """The parts that handlers use.

    Attributes:
        settings: what an operator has set.
        live: holds the rules that are served.
        guard: lets clients in.
        access: the way to the clients' FHIR servers.
        metrics: what is counted.
        limits: what a body may hold.
        draining: whether the process is about to stop.
        tracing: makes spans of calls; None where no collector is named.
    """

    settings: Settings
    live: Live
    guard: Entrance
    access: Access
    metrics: Metrics
    limits: Limits
    draining: Draining
    tracing: Tracing | None = None

    @property
    def serving(self) -> Serving:
        """The rules that are served now; a request takes them once and stays with them."""
        return self.live.serving

    @classmethod
    def of(cls, serving: Serving, settings: Settings) -> "Running":
        """Make what belongs to these settings.

        Raises:
            ValueError: a setting is unusable; in words for the operator.
        """
        tracing, metrics = tracing_of(), Metrics()
        return cls(
            settings,
            Live(serving),
            entrance(settings, metrics.doors),
            Access(settings, partial(_fetchers, tracing), metrics.fetches),
            metrics,
            Limits.of(settings),
            Draining(settings.drain_s),
            tracing,
        )


def _fetchers(tracing: Tracing | None) -> "Fetchers":
    # Imported when something has to be fetched: it brings the HTTP client.
    from orbicularis.api.tracing.fetches import fetchers

    return fetchers(tracing)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Fetch clients' keys before the first call, close connections after the last."""
    running: Running = app.state.running
    if running.tracing is not None:
        running.tracing.open()
    await running.guard.warm()
    deadline.install()
    running.draining.install()
    metrics = running.metrics
    async with (
        reloading(running.live, running.settings, metrics.reloads),
        metrics.tasks.watched(),
    ):
        yield
    await running.access.close()
    await running.guard.close()
    if running.tracing is not None:
        await running.tracing.close()
