"""What a running application holds: rules, doors, counters; nothing of any patient."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from orbicularis.api import deadline
from orbicularis.api.auth.guard import Guard
from orbicularis.api.draining import Draining
from orbicularis.api.fhir_access.access import Access
from orbicularis.api.limits import Limits
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.reload.live import Live
from orbicularis.api.reload.reloading import reloading
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings


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
    """

    settings: Settings
    live: Live
    guard: Guard
    access: Access
    metrics: Metrics
    limits: Limits
    draining: Draining

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
        return cls(
            settings,
            Live(serving),
            Guard(settings),
            Access(settings),
            Metrics(),
            Limits.of(settings),
            Draining(settings.drain_s),
        )


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Fetch clients' keys before the first call, close connections after the last."""
    running: Running = app.state.running
    await running.guard.warm()
    deadline.install()
    running.draining.install()
    async with reloading(running.live, running.settings, running.metrics.reloads):
        yield
    await running.access.close()
    await running.guard.close()
