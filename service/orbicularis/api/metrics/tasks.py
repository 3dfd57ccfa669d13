"""Tasks: how much a process has begun and not ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, Gauge

_EVERY_S = 1.0


class TaskMetrics:
    """What would grow for ever if something were begun and never ended."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Start counting."""
        self._tasks = Gauge(
            "orbicularis_tasks",
            "Asyncio tasks of a process, looked at once a second; by pid where there are "
            "several processes.",
            registry=registry,
            multiprocess_mode="liveall",
        )

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Count the tasks of the running loop again and again."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            self._tasks.set(len(asyncio.all_tasks()))
            await asyncio.sleep(_EVERY_S)
