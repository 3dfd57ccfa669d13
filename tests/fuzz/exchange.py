"""One request to the application in this process: no server, no socket."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from starlette.types import ASGIApp, Message

from tests.fuzz.watch import Watch

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Told:
    """An answer.

    Attributes:
        status: HTTP status.
        headers: names and values, of which the request's own id is left out.
        body: the body.
        seconds: CPU time that it took, which other processes do not lengthen.
        log: the lines that were logged.
        failure: the exception behind a 500.
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    seconds: float
    log: tuple[str, ...]
    failure: BaseException | None


class Client:
    """Asks an application, one request after the other, in one event loop."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._watch = Watch()

    def close(self) -> None:
        """Close the event loop."""
        self._loop.close()

    def post(self, path: str, headers: Headers, body: bytes) -> Told:
        """Send a POST request."""
        sent: list[Message] = []
        with self._watch.watching():
            began = process_time()
            self._loop.run_until_complete(self._ask(_scope(path, headers), body, sent))
            seconds = process_time() - began
        start = sent[0]
        return Told(
            status=start["status"],
            headers=tuple(
                (name, value) for name, value in start["headers"] if name != b"x-request-id"
            ),
            body=b"".join(message.get("body", b"") for message in sent[1:]),
            seconds=seconds,
            log=tuple(self._watch.lines),
            failure=self._watch.failure,
        )

    async def _ask(self, scope: dict[str, Any], body: bytes, sent: list[Message]) -> None:
        come = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if come:
                return come.pop()
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, send)


def _scope(path: str, headers: Headers) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8080),
        "state": {},
    }
