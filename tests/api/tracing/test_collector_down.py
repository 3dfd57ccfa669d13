"""A collector that fails, hangs or is not there costs no answer and holds no stop up."""

import socket
import threading
import time

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.api.tracing import tracing
from orbicularis.api.tracing.wanted import ENDPOINT
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.served import served
from tests.api.tracing.a_call import CALL, PATH
from tests.api.tracing.collector import Collected
from tests.support.patience import PATIENCE_S


def _unused() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send at once, so that failing happens while calls are answered."""
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "10")


def test_nobody_listens(engine: Engine, plain: pytest.MonkeyPatch) -> None:
    plain.setenv(ENDPOINT, _unused())
    _quick(plain)
    with live(engine, Settings()) as url:
        for _ in range(5):
            assert httpx.post(f"{url}{PATH}", json=CALL).status_code == 200


def test_it_refuses_what_it_is_sent_and_the_log_says_so_once(
    engine: Engine,
    collected: Collected,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    collected.status = 400
    _quick(monkeypatch)
    with live(engine, Settings()) as url:
        for _ in range(3):
            before = len(collected.bodies)
            assert httpx.post(f"{url}{PATH}", json=CALL).status_code == 200
            while len(collected.bodies) == before:
                time.sleep(0.01)
    said = [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
    assert [(one.name, one.getMessage()) for one in said] == [
        ("orbicularis.tracing", "traces do not arrive")
    ]


def test_it_hangs_and_calls_are_answered_and_the_stop_comes(
    engine: Engine,
    collected: Collected,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    collected.let_go.clear()
    _quick(monkeypatch)
    # Nothing is given up before the stop.
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", f"{PATIENCE_S}")
    monkeypatch.setattr(tracing, "_LAST_WORDS_S", 0.1)
    with live(engine, Settings()) as url:
        assert httpx.post(f"{url}{PATH}", json=CALL).status_code == 200
        assert collected.asked.wait(PATIENCE_S)
        for _ in range(3):
            assert httpx.post(f"{url}{PATH}", json=CALL).status_code == 200
    # It has stopped, and the collector still says nothing.
    assert not collected.let_go.is_set()
    assert "traces left unsent" in [record.getMessage() for record in caplog.records]
    collected.let_go.set()
    for thread in threading.enumerate():
        if thread.name.startswith("orbicularis-traces"):
            thread.join()


def test_a_process_leaves_although_its_collector_hangs(
    collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected.let_go.clear()
    _quick(monkeypatch)
    with served() as service:
        assert httpx.post(f"{service.url}{PATH}", json=CALL).status_code == 200
        assert collected.asked.wait(PATIENCE_S)
        service.process.terminate()
        assert service.stopped() in (0, -15)
        assert not collected.let_go.is_set()


def test_workers_send_each_their_own(collected: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    _quick(monkeypatch)
    with served("--workers", "2") as service:
        seen: set[str] = set()
        until = time.monotonic() + PATIENCE_S
        # The second one may still be starting.
        while len(seen) < 2 and time.monotonic() < until:
            assert httpx.post(f"{service.url}{PATH}", json=CALL).status_code == 200
            seen |= {one["service.instance.id"] for one in list(collected.resources)}
    assert len(seen) == 2
    assert len({span.span_id for span in collected.spans}) == len(collected.spans)
