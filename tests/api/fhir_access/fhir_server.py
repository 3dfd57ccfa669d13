"""FHIR servers on loopback, as good or as bad as a test wants them."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from orbicularis.cli.listen import listen, url
from tests.support.patience import PATIENCE_S


class FhirServer:
    """Answers as it is told, and remembers who asked for what.

    Attributes:
        base: base URL of its FHIR endpoint.
        origin: the same without the path.
        answers: what it answers to a path below the base, with its query: a response, a
            resource, or a function of the request.
        requests: what it was asked.
        left: which of those clients did not wait for.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.base = f"{origin}/fhir"
        self.reset()

    def reset(self) -> None:
        self.answers: dict[str, Any] = {}
        self.requests: list[Request] = []
        self.left: list[str] = []

    @property
    def asked_for(self) -> list[str]:
        return sorted(_name(request) for request in self.requests)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.requests.append(request)
        answer = self.answers.get(_name(request), Response(status_code=404))
        if isinstance(answer, dict):
            answer = json_response(answer)
        response = answer if isinstance(answer, Response) else await answer(request)
        await response(scope, receive, send)

    async def hang(self, request: Request) -> Response:
        """Answer nothing for as long as the client waits."""
        left = self.left
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.append(_name(request))
        return Response()


def json_response(body: object, **more: Any) -> Response:
    return Response(json.dumps(body), media_type="application/fhir+json", **more)


def _name(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path.removeprefix("/fhir/") + query


@contextmanager
def fhir_server() -> Iterator[FhirServer]:
    """Serve on a free port."""
    listening = listen("127.0.0.1", 0)
    app = FhirServer(url(listening))
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", lifespan="off", http="h11"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield app
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def raw_server(answer: bytes) -> Iterator[str]:
    """Send these bytes, HTTP or not, to the only client that comes; the value is its base URL."""

    def run() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE_S)
        thread = Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/fhir"
        finally:
            thread.join()
