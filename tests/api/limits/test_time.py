import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx
import pytest

from orbicularis.api import deadline
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.limits.wire import answered, connected, head
from tests.api.live import live
from tests.api.test_refusals import PATH
from tests.support.patience import PATIENCE_S

BODY_S = 0.3
FETCH_S = 30


@pytest.fixture(scope="module")
def hasty(engine: Engine) -> Iterator[str]:
    """Waits hardly at all for a body, and long for all else: one time is tried at a time."""
    with live(engine, Settings(body_timeout_s=BODY_S, header_timeout_s=PATIENCE_S)) as url:
        yield url


@pytest.fixture(scope="module")
def hasty_before(engine: Engine) -> Iterator[str]:
    """Waits hardly at all for a header."""
    with live(engine, Settings(body_timeout_s=PATIENCE_S, header_timeout_s=BODY_S)) as url:
        yield url


@pytest.mark.parametrize("path", [PATH, f"{PATH}/feedback"])
def test_a_client_that_stalls_in_its_body_is_let_go(hasty: str, path: str) -> None:
    with connected(hasty) as connection:
        connection.sendall(head(path, "Content-Length: 50") + b"{")
        told = answered(connection, until_closed=True)
    assert told.status == 408
    assert told.closed
    assert '"timeout"' in told.text
    assert "connection: close" in told.text.lower()


def test_a_client_that_drips_is_let_go_as_well(hasty: str) -> None:
    with connected(hasty) as connection, ThreadPoolExecutor(1) as pool:
        connection.sendall(head(PATH, "Content-Length: 500"))
        told = pool.submit(answered, connection, until_closed=True)
        while not told.done():
            _drip(connection)
        assert told.result().status == 408


def _drip(connection: object) -> None:
    try:
        connection.sendall(b" ")  # type: ignore[attr-defined]  # a socket
    except OSError:
        return
    time.sleep(BODY_S / 10)


@pytest.mark.parametrize("sent", [b"", b"POST /cds", head(PATH)[:-2], b"\r\n"])
def test_a_client_that_stalls_before_its_body_is_let_go(hasty_before: str, sent: bytes) -> None:
    with connected(hasty_before) as connection:
        connection.sendall(sent)
        told = answered(connection, until_closed=True)
    assert told.closed
    assert told.text == ""


def test_others_do_not_notice_who_stalls(hasty: str) -> None:
    with connected(hasty) as stalling, httpx.Client(base_url=hasty) as other:
        stalling.sendall(head(PATH, "Content-Length: 50") + b"{")
        assert other.get("/healthz").status_code == 200
        assert other.post(PATH, json={}).status_code == 400
        assert answered(stalling).status == 408
        assert other.get("/healthz").status_code == 200


def test_a_call_that_waits_too_long_is_given_up(engine: Engine) -> None:
    """The FHIR server takes the connection and says nothing."""

    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/fhir"
        settings = Settings(request_timeout_s=0.3, fhir_timeout_s=FETCH_S)
        with live(engine, settings) as url:
            request = {
                "hook": "patient-view",
                "hookInstance": "1",
                "context": {"userId": "Practitioner/1", "patientId": "1"},
                "fhirServer": place,
            }
            response = httpx.post(f"{url}{PATH}", json=request)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert response.json()["issue"][0]["code"] == "timeout"


def test_work_that_does_not_wait_is_broken_off() -> None:
    deadline.install()
    began = time.thread_time()
    with pytest.raises(deadline.OutOfTime):
        deadline.within(0.05, _compute)
    assert time.thread_time() - began < 10
    assert deadline.within(10, lambda: 7) == 7


def test_a_value_error_on_the_way_does_not_hide_it() -> None:
    deadline.install()
    with pytest.raises(deadline.OutOfTime):
        deadline.within(0.05, _compute_catching)


def test_the_bell_is_silent_after_the_work() -> None:
    deadline.install()
    deadline.within(0.05, lambda: None)
    with pytest.raises(ValueError, match="ours"):
        deadline.within(5, _fail)
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        sum(range(100))


def test_only_its_own_processor_time_counts() -> None:
    deadline.install()
    assert deadline.within(0.5, _own_work) == 1
    with _busy_thread():
        assert deadline.within(0.5, _own_work) == 1


def test_endless_work_is_broken_off_beside_other_threads() -> None:
    deadline.install()
    with _busy_thread(), pytest.raises(deadline.OutOfTime):
        deadline.within(0.1, _compute)


def test_elsewhere_than_in_the_main_thread_nothing_is_bounded() -> None:
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(deadline.within(0.001, _a_while)))
    thread.start()
    thread.join()
    assert done == [1]


@contextmanager
def _busy_thread() -> Iterator[None]:
    """Another thread that computes all the while, as one does that loads rules."""
    done = threading.Event()

    def compute() -> None:
        while not done.is_set():
            sum(range(1000))

    thread = threading.Thread(target=compute)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _own_work() -> int:
    """Take 0.3 s of this thread's processor time; beside a busy one the process takes 0.6 s."""
    due = time.thread_time() + 0.3
    while time.thread_time() < due:
        sum(range(1000))
    return 1


def _compute() -> None:
    while True:
        sum(range(1000))


def _compute_catching() -> None:
    while True:
        with suppress(Exception):
            sum(range(1000))


def _a_while() -> int:
    time.sleep(0.05)
    return 1


def _fail() -> None:
    raise ValueError("ours")
