"""HTTP by hand: what no well-behaved client would send."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.support.patience import PATIENCE_S


@dataclass(frozen=True)
class Answered:
    """What came back until the server closed the connection, or had answered once.

    Attributes:
        status: of the first answer; 0 when there was none.
        text: all that came.
        closed: True when the server closed the connection.
        seconds: until then.
    """

    status: int
    text: str
    closed: bool
    seconds: float


@contextmanager
def connected(base_url: str) -> Iterator[socket.socket]:
    """A connection to the service."""
    where = urlsplit(base_url)
    address = (where.hostname, where.port)
    with socket.create_connection(address, timeout=PATIENCE_S) as connection:
        yield connection


def head(path: str, *fields: str, method: str = "POST") -> bytes:
    """A request's header."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *fields]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answered(connection: socket.socket, *, until_closed: bool = False) -> Answered:
    """Read one answer, or all until the server closes."""
    began, received, closed = time.monotonic(), b"", False
    while until_closed or not _whole(received):
        try:
            more = connection.recv(65536)
        except ConnectionResetError:
            more = b""
        if not more:
            closed = True
            break
        received += more
    text = received.decode("utf-8", "replace")
    status = int(text[9:12]) if text.startswith("HTTP/1.1 ") else 0
    return Answered(status, text, closed, time.monotonic() - began)


def _whole(received: bytes) -> bool:
    header, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return False
    for line in header.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return len(body) >= int(value)
    return True
