"""One connection: what uvicorn's own protocol leaves unbounded before an application is asked.

uvicorn reads a header of any length for any time. A proxy in front bounds both
(docker/nginx.conf); these bounds hold without one, too.
"""

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LOG = logging.getLogger("orbicularis.connection")


class TooLong(Exception):
    """The header of a request, or the trailer after its body, is too long."""


class Connection(HttpToolsProtocol):
    """uvicorn's connection with a limit of bytes, and of time, for what is no body."""

    def __init__(self, *given: Any, header_bytes: int, header_s: float, **named: Any) -> None:
        """Begin.

        Args:
            given: for uvicorn.
            header_bytes: of a request's line and header fields at most.
            header_s: time for a header to come, and for the rest of a body that nobody reads.
            named: for uvicorn.
        """
        super().__init__(*given, **named)
        self._most = header_bytes
        self._patience_s = header_s
        self._in_header = self._asked = False
        # Bytes of this header's fields; bytes since the parser last came to the end of something.
        self._fields = self._unspent = 0
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a first header; uvicorn narrows the type of the transport likewise."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, and see that it leads somewhere."""
        self._unspent += len(data)
        super().data_received(data)
        if self._unspent > self._most:
            self._refuse()
        elif self._waiting is None and (self._in_header or self._is_idle()):
            self._wait()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_header, self._fields = True, 0

    def on_url(self, url: bytes) -> None:
        """A piece of the request's target came."""
        self._add(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the header came, or of the trailer."""
        self._add(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The header is whole."""
        self._in_header, self._unspent = False, 0
        self._came()
        super().on_headers_complete()
        self._asked = True

    def on_body(self, body: bytes) -> None:
        """A piece of the body came; the application bounds those."""
        self._unspent = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._unspent = 0
        super().on_message_complete()

    def _add(self, length: int) -> None:
        self._fields += length
        if self._fields > self._most:
            # The parser stops at it, and uvicorn answers 400.
            raise TooLong

    def _is_idle(self) -> bool:
        """No request is being answered; what comes is the next one, or of no use."""
        return not self._asked or self.cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self._patience_s, self._give_up)

    def _came(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            _LOG.info("stalled")
            self.transport.close()

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            _LOG.info("header too long")
            self.send_400_response("Header too long.")
