"""Draining: before a process stops, it says that it is leaving and goes on answering.

uvicorn closes the port as soon as it is told to stop. A load balancer that learns from
``/readyz`` where to send calls has to be told first, and given time to ask.
"""

import asyncio
import logging
import signal
import threading
from types import FrameType

_LOG = logging.getLogger("orbicularis.serve")


class Draining:
    """Stands between SIGTERM and what the server does at it.

    Attributes:
        on: True from the first SIGTERM on.
    """

    def __init__(self, seconds: float) -> None:
        """Prepare; nothing is touched before ``install``.

        Args:
            seconds: from SIGTERM to the stop; with 0 the server's own handler is left alone.
        """
        self.on = False
        self._seconds = seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server = signal.getsignal(signal.SIGTERM)

    def install(self) -> None:
        """Take SIGTERM from the server, which runs in the main thread by now."""
        if self._seconds and threading.current_thread() is threading.main_thread():
            self._loop = asyncio.get_running_loop()
            self._server = signal.signal(signal.SIGTERM, self._begin)

    def _begin(self, number: int, frame: FrameType | None) -> None:
        if self._loop is None or self.on:
            self._stop()
            return
        self.on = True
        self._loop.call_soon_threadsafe(self._wait)

    def _wait(self) -> None:
        _LOG.info("draining", extra={"fields": {"seconds": self._seconds}})
        asyncio.get_running_loop().call_later(self._seconds, self._stop)

    def _stop(self) -> None:
        if callable(self._server):
            self._server(signal.SIGTERM, None)
