import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.limits.wire import answered, connected, head
from tests.api.live import live, running
from tests.api.metrics.counted import counted
from tests.api.outcome import issue
from tests.api.test_refusals import GOOD, PATH

AT_ONCE = 2


@contextmanager
def _stalling(url: str, number: int, path: str = PATH) -> Iterator[list[socket.socket]]:
    """So many requests that wait for their body."""
    with ExitStack() as stack:
        connections = [stack.enter_context(connected(url)) for _ in range(number)]
        for connection in connections:
            connection.sendall(head(path, "Content-Length: 2", "Expect: 100-continue"))
            # The service asks for the body: the request is in hand.
            assert connection.recv(100).startswith(b"HTTP/1.1 100")
        yield connections


def _settings(**limits: float) -> Settings:
    return Settings.model_validate(
        {"max_concurrent": AT_ONCE, "max_queued": 0, "body_timeout_s": 60} | limits
    )


def test_who_comes_when_all_places_are_taken_is_told_to_come_again(engine: Engine) -> None:
    app = create_app(engine, _settings())
    with running(app) as url:
        with _stalling(url, AT_ONCE) as waiting:
            response = httpx.post(f"{url}{PATH}", json=GOOD)
            assert response.status_code == 503
            assert response.headers["retry-after"] == "1"
            assert issue(response)["code"] == "throttled"
            for path in ("/cds-services", "/healthz", "/readyz", "/metrics", "/openapi.json"):
                assert httpx.get(f"{url}{path}").status_code == 200
            for connection in waiting:
                connection.sendall(b"{}")
                assert answered(connection).status == 400
        assert httpx.post(f"{url}{PATH}", json=GOOD).status_code == 412
    (shed,) = [n for one, n in counted(app.state.running.metrics).items() if "shed" in one.name]
    assert shed == 1


def test_who_has_room_to_wait_gets_a_turn(engine: Engine) -> None:
    settings = _settings(max_queued=1, queue_timeout_s=60)
    body = json.dumps(GOOD).encode()
    with (
        live(engine, settings) as url,
        _stalling(url, AT_ONCE) as waiting,
        connected(url) as patient,
    ):
        patient.sendall(head(PATH, f"Content-Length: {len(body)}") + body)
        # Whoever comes after it finds it waiting.
        for _ in range(2):
            assert httpx.get(f"{url}/healthz").status_code == 200
        assert httpx.post(f"{url}{PATH}", json=GOOD).status_code == 503
        waiting[0].sendall(b"{}")
        assert answered(patient).status == 412


def test_nobody_waits_longer_than_is_set(engine: Engine) -> None:
    settings = _settings(max_queued=1, queue_timeout_s=0.05)
    with live(engine, settings) as url, _stalling(url, AT_ONCE) as waiting:
        assert httpx.post(f"{url}{PATH}", json=GOOD).status_code == 503
        waiting[0].sendall(b"{}")
        assert answered(waiting[0]).status == 400
        assert httpx.post(f"{url}{PATH}", json=GOOD).status_code == 412


def test_a_client_that_leaves_gives_its_place_back(engine: Engine) -> None:
    with live(engine, _settings()) as url:
        for _ in range(3 * AT_ONCE):
            with _stalling(url, 1):
                pass
        for _ in range(100):
            if httpx.post(f"{url}{PATH}", json=GOOD).status_code == 412:
                return
    pytest.fail("a place was lost")


def test_all_bodies_together_are_bounded_and_the_one_beyond_goes(engine: Engine) -> None:
    settings = _settings(max_concurrent=10, max_body_bytes=60_000, max_held_bytes=100_000)
    with live(engine, settings) as url, connected(url) as one, connected(url) as two:
        for connection in (one, two):
            connection.sendall(head(PATH, "Content-Length: 60000") + b" " * 59_000)
        # The second one goes, the first one is answered when it is whole.
        assert answered(two).status == 503
        one.sendall(b" " * 1000)
        assert answered(one).status == 400
        assert httpx.post(f"{url}{PATH}", json=GOOD).status_code == 412
