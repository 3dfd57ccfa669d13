from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.limits.wire import answered, connected, head
from tests.api.live import live
from tests.api.test_refusals import PATH

BYTES = 8192


@pytest.fixture(scope="module")
def short(engine: Engine) -> Iterator[str]:
    with live(engine, Settings(max_header_bytes=BYTES)) as url:
        yield url


def test_a_header_of_the_longest_length_is_read(short: str) -> None:
    assert httpx.get(f"{short}/healthz", headers={"x": "y" * (BYTES - 1000)}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 10 * BYTES,
        b"GET /" + b"a" * 10 * BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"G" * 10 * BYTES,
        b"GET / HTTP/1.1\r\nx: " + b"y" * 10 * BYTES,
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * BYTES,
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * BYTES + b"\r\n",
        b"GET / HTTP/1.1\r\n" + b"y" * 10 * BYTES + b": x\r\n\r\n",
    ],
    ids=["path", "whole path", "method", "value", "fields", "whole fields", "name"],
)
def test_a_longer_header_is_refused_and_the_connection_closed(short: str, sent: bytes) -> None:
    with connected(short) as connection:
        connection.sendall(sent)
        told = answered(connection, until_closed=True)
    assert told.status == 400
    assert told.closed
    assert httpx.get(f"{short}/healthz").status_code == 200


def test_a_trailer_is_bounded_too(short: str) -> None:
    with connected(short) as connection:
        connection.sendall(head(PATH, "Transfer-Encoding: chunked") + b"2\r\n{}\r\n0\r\n")
        # More than the server takes in at once; it closes before it has seen all of that.
        with suppress(ConnectionError):
            connection.sendall(b"x: " + b"y" * 200 * BYTES)
        told = answered(connection, until_closed=True)
    # Its answer is lost where the client was still sending.
    assert told.status in (400, 0)
    assert told.closed
    assert httpx.get(f"{short}/healthz").status_code == 200


def test_several_requests_on_one_connection_are_counted_apart(short: str) -> None:
    with httpx.Client(base_url=short) as client:
        for _ in range(5):
            response = client.get("/healthz", headers={"x": "y" * (BYTES // 2)})
            assert response.status_code == 200
