"""HTTP/1.1 by hand: a client that knows its own port, so that a lost answer can be traced."""

import asyncio
import json
import time
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass

from tests.api.limits.wire import head
from tests.support.patience import PATIENCE_S

LONGEST_IDLE_S = 1.0
"""The service closes idle connections after five seconds: long before, we take another."""


class Lost(Exception):
    """The connection ended, or time did, before the answer was whole."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def is_shed(self) -> bool:
        """True when it was turned away because there was too much: 503 ``throttled``."""
        if self.status != 503:
            return False
        with suppress(ValueError, LookupError, TypeError):
            return bool(json.loads(self.body)["issue"][0]["code"] == "throttled")
        return False


def post(path: str, body: bytes, *fields: str) -> bytes:
    """A POST request."""
    typed = "Content-Type: application/json"
    return head(path, typed, *fields, f"Content-Length: {len(body)}") + body


def get(path: str) -> bytes:
    """A GET request."""
    return head(path, method="GET")


class Line:
    """One connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.port: int = writer.get_extra_info("sockname")[1]
        self.opened = self.used = time.monotonic()
        self.closed = False

    @classmethod
    async def open(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    @property
    def reusable(self) -> bool:
        idle = time.monotonic() - self.used
        return not (self.closed or self._reader.at_eof() or idle > LONGEST_IDLE_S)

    async def send(self, raw: bytes) -> None:
        try:
            self._writer.write(raw)
            await self._writer.drain()
        except OSError as error:
            raise Lost from error

    async def reply(self) -> Reply:
        """Read one answer.

        Raises:
            Lost: there is none.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._reply()
        except (OSError, EOFError, TimeoutError) as error:
            raise Lost(type(error).__name__) from error

    async def _reply(self) -> Reply:
        top = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in top[1:] if line)
        body = await self._reader.readexactly(int(fields.get("content-length", 0)))
        self.closed = fields.get("connection") == "close"
        self.used = time.monotonic()
        return Reply(int(top[0].split()[1]), fields, body)

    async def ended(self) -> bytes:
        """Read until the other side closes."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._reader.read()
        except (OSError, TimeoutError) as error:
            raise Lost(type(error).__name__) from error

    def close(self) -> None:
        self.closed = True
        self._writer.close()
