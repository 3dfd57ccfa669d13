"""A FHIR server that answers well for a while, and then in every other way."""

import asyncio
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from tests.soak.corpus import Case

_SETTLED_S = 0.5
_EMPTY = b'{"resourceType":"Bundle","type":"searchset","total":0}'


class Mood(StrEnum):
    """How it answers."""

    WELL = "well"
    SLOW = "slow"
    FAILING = "failing"
    RESETTING = "resetting"
    BABBLING = "babbling"
    DRIPPING = "dripping"
    AWAY = "away"


class Flapping:
    """A server on one port, for patients under a path of their own each.

    Attributes:
        mood: how it answers now.
        port: where.
        asked: requests that it got.
    """

    def __init__(self, cases: Mapping[int, Case]) -> None:
        self.mood = Mood.WELL
        self.port = 0
        self.asked = 0
        self._since = time.monotonic()
        self._cases = cases
        self._server: asyncio.Server | None = None
        self._open: set[StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def well_since(self) -> float | None:
        """Since when it has been well; None while it is not, or has hardly begun to be."""
        settled = time.monotonic() - self._since > _SETTLED_S
        return self._since if self.mood is Mood.WELL and settled else None

    async def become(self, mood: Mood) -> None:
        """Answer in another way from now on."""
        before, self.mood, self._since = self.mood, mood, time.monotonic()
        if mood is Mood.AWAY:
            await self.stop()
        elif before is Mood.AWAY:
            await self.start()

    async def stop(self) -> None:
        """Close the port, and every connection with it."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._open.add(writer)
        with suppress(OSError, EOFError, asyncio.LimitOverrunError):
            while True:
                raw = await reader.readuntil(b"\r\n\r\n")
                self.asked += 1
                await self._answer(raw.split(b" ", 2)[1].decode("latin-1"), writer)
        self._open.discard(writer)
        writer.close()

    async def _answer(self, path: str, writer: StreamWriter) -> None:
        number, _, search = path.removeprefix("/").partition("/")
        case = self._cases.get(int(number))
        body = case.searches.get(search, _EMPTY) if case else _EMPTY
        status = b"200 OK"
        if self.mood is Mood.SLOW:
            await asyncio.sleep(0.2 + self.asked % 7 * 0.3)
        elif self.mood is Mood.FAILING:
            status, body = b"500 Broken", b"<html>zq7marker</html>"
        elif self.mood is Mood.RESETTING:
            writer.transport.abort()
            return
        elif self.mood is Mood.BABBLING:
            body = (b"{" * 1000, b"\xff\xfe", b'{"resourceType":"zq7marker"}', b"")[self.asked % 4]
        top = b"HTTP/1.1 %s\r\nContent-Type: application/fhir+json\r\nContent-Length: %d\r\n\r\n"
        writer.write(top % (status, len(body)))
        if self.mood is Mood.DRIPPING:
            for at in range(5):
                writer.write(body[at : at + 1])
                await asyncio.sleep(0.2)
            writer.transport.abort()
            return
        writer.write(body)
        await writer.drain()
