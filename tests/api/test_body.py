import gzip
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.outcome import issue
from tests.api.test_refusals import GOOD, PATH
from tests.support.patience import PATIENCE_S

LIMIT = 100_000
"""What the server of these tests accepts."""


def _padded(length: int) -> bytes:
    """A good request of exactly that many bytes."""
    body = json.dumps(GOOD).encode()
    return body + b" " * (length - len(body))


def test_a_body_of_the_longest_length_is_read(client: httpx.Client) -> None:
    assert client.post(PATH, content=_padded(LIMIT)).status_code == 412


def test_a_longer_body_is_refused(client: httpx.Client) -> None:
    response = client.post(PATH, content=_padded(LIMIT + 1))
    assert response.status_code == 413
    assert issue(response)["code"] == "too-long"
    assert str(LIMIT) in issue(response)["diagnostics"]


def test_the_setting_is_the_only_limit(engine: Engine) -> None:
    longest = Settings().max_body_bytes
    with live(engine, Settings()) as url, httpx.Client(base_url=url) as client:
        assert client.post(PATH, content=_padded(longest)).status_code == 412
        assert issue(client.post(PATH, content=_padded(longest + 1)))["code"] == "too-long"


def test_a_longer_body_of_unknown_length_is_refused_while_it_is_read(client: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 10_000

    assert client.post(PATH, content=chunks()).status_code == 413


def test_a_body_that_is_declared_too_long_is_refused_before_it_is_read(base_url: str) -> None:
    where = urlsplit(base_url)
    with socket.create_connection((where.hostname, where.port), timeout=PATIENCE_S) as connection:
        connection.sendall(
            f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n".encode()
        )
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_client_that_goes_away_harms_nobody(base_url: str, client: httpx.Client) -> None:
    where = urlsplit(base_url)
    with socket.create_connection((where.hostname, where.port), timeout=PATIENCE_S) as connection:
        connection.sendall(
            f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{{".encode()
        )
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/xml", "application/jsonx"],
)
def test_another_type_is_refused(client: httpx.Client, content_type: str) -> None:
    response = client.post(PATH, content=_padded(200), headers={"content-type": content_type})
    assert response.status_code == 415
    assert issue(response)["code"] == "not-supported"


def test_a_compressed_body_is_refused(client: httpx.Client) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    response = client.post(PATH, content=gzip.compress(_padded(200)), headers=headers)
    assert response.status_code == 415
    assert "Content-Encoding" in issue(response)["diagnostics"]
