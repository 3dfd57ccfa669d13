"""While the application runs: what makes it look for new rules."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from orbicularis.api.metrics.reloads import ReloadMetrics
from orbicularis.api.reload.live import Live
from orbicularis.api.reload.reloader import Reloader
from orbicularis.api.reload.watch import changes
from orbicularis.api.settings import Settings

_LOG = logging.getLogger("orbicularis.reload")
_AGAIN_S = 5.0


@asynccontextmanager
async def reloading(live: Live, settings: Settings, counts: ReloadMetrics) -> AsyncIterator[None]:
    """Reload on SIGHUP, and on a change in the folders where the settings say so."""
    reloader = Reloader(live, settings, counts)
    asked = asyncio.Event()
    tasks = [asyncio.create_task(_when_asked(reloader, asked))]
    if settings.reload_rules:
        tasks.append(asyncio.create_task(_when_changed(reloader, live, settings)))
    try:
        with _on_hangup(asked.set):
            yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _when_asked(reloader: Reloader, asked: asyncio.Event) -> None:
    while True:
        await asked.wait()
        asked.clear()
        await reloader.reload("signal")


async def _when_changed(reloader: Reloader, live: Live, settings: Settings) -> None:
    """Watch for ever; what breaks the watching itself is told and tried again."""
    while True:
        try:
            live.watched = True
            async for _ in changes(settings.folders, live.seen):
                await reloader.reload("change")
        except Exception as error:  # no limit of watches, say, may end the service
            live.watched = False
            fields = {"error": type(error).__name__}
            _LOG.error("the rules are not watched", extra={"fields": fields})
            await asyncio.sleep(_AGAIN_S)


@contextmanager
def _on_hangup(act: Callable[[], None]) -> Iterator[None]:
    """Do it on SIGHUP; elsewhere than in the main thread of a process, signals never come."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGHUP, act)
    except (NotImplementedError, RuntimeError, ValueError):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
