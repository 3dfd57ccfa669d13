"""Admission: how many POST requests a process has in hand, and how many bytes of theirs.

Discovery, probes, metrics and pages are no POST requests: they are answered however many
calls there are. A call computes without waiting, so what is counted here are calls that
wait: for their body, for a key set, for a FHIR server.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orbicularis.api import refusals
from orbicularis.api.limit_settings import LimitSettings


class Admission:
    """Lets requests in, makes some wait for their turn, and turns the rest away with 503."""

    def __init__(
        self,
        app: ASGIApp,
        limits: LimitSettings,
        shed: Callable[[], None] = lambda: None,
        queued: Callable[[int], None] = lambda more: None,
    ) -> None:
        """Wrap the application.

        Args:
            app: what is wrapped.
            limits: how many, and how long.
            shed: told of every request that is turned away.
            queued: told 1 when a request begins to wait for its turn, -1 when it ends to.
        """
        self.app = app
        self._free = limits.max_concurrent
        self._queue: deque[asyncio.Future[None]] = deque()
        self._longest_queue = limits.max_queued
        self._patience_s = limits.queue_timeout_s
        self._held = 0
        self._most_held = max(limits.max_held_bytes, limits.max_body_bytes)
        self._shed = shed
        self._queued = queued

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        if self._free:
            self._free -= 1
        elif not await self._turn():
            self._shed()
            await refusals.busy().response()(scope, receive, send)
            return
        try:
            await self._admitted(scope, receive, send)
        finally:
            self._leave()

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = 0

        async def receive_counted() -> Message:
            nonlocal held
            message = await receive()
            length = len(message.get("body", b""))
            held += length
            self._held += length
            if self._held > self._most_held and length:
                self._shed()
                raise refusals.busy()
            return message

        try:
            await self.app(scope, receive_counted, send)
        finally:
            self._held -= held

    async def _turn(self) -> bool:
        """Wait for a turn; False when there is none to be had."""
        if len(self._queue) >= self._longest_queue:
            return False
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        self._queued(1)
        try:
            await asyncio.wait((turn,), timeout=self._patience_s)
        except asyncio.CancelledError:
            if turn.done():
                self._leave()
            else:
                self._queue.remove(turn)
            raise
        finally:
            self._queued(-1)
        if not turn.done():
            self._queue.remove(turn)
        return turn.done()

    def _leave(self) -> None:
        """Hand the place to who waits longest, or keep it free."""
        if self._queue:
            self._queue.popleft().set_result(None)
        else:
            self._free += 1
