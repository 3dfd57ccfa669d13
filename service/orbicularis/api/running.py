"""What a running application holds: rules, doors, counters; nothing of any patient."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from orbicularis.api.auth.guard import Guard
from orbicularis.api.fhir_access.access import Access
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings


@dataclass(frozen=True, slots=True)
class Running:
    """The parts that handlers use.

    Attributes:
        settings: what an operator has set.
        serving: the rules that are served.
        guard: lets clients in.
        access: the way to the clients' FHIR servers.
        metrics: what is counted.
    """

    settings: Settings
    serving: Serving
    guard: Guard
    access: Access
    metrics: Metrics

    @classmethod
    def of(cls, serving: Serving, settings: Settings) -> "Running":
        """Make what belongs to these settings.

        Raises:
            ValueError: a setting is unusable; in words for the operator.
        """
        return cls(settings, serving, Guard(settings), Access(settings), Metrics())


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Fetch clients' keys before the first call, close connections after the last."""
    running: Running = app.state.running
    await running.guard.warm()
    yield
    await running.access.close()
    await running.guard.close()
