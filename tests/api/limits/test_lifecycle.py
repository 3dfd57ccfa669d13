import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from tests.api.limits.wire import answered, connected, head
from tests.api.served import Served, served, started
from tests.api.test_refusals import GOOD, PATH
from tests.support.patience import PATIENCE_S

CALL = httpx.Request("POST", f"http://localhost{PATH}", json=GOOD).content


def _half_sent(connection: socket.socket) -> None:
    """Begin a call, up to where the service waits for its body."""
    connection.sendall(head(PATH, f"Content-Length: {len(CALL)}", "Expect: 100-continue"))
    assert connection.recv(100).startswith(b"HTTP/1.1 100")


def _refused(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz")
    except httpx.TransportError:
        return True
    return False


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_call_in_flight_is_finished_and_no_new_one_is_taken() -> None:
    with served() as running, connected(running.url) as connection:
        _half_sent(connection)
        running.process.send_signal(signal.SIGTERM)
        _until(lambda: _refused(running.url))
        connection.sendall(CALL)
        assert answered(connection).status == 412
        running.stopped()


def test_nobody_waits_longer_than_the_deadline_for_a_call_in_flight() -> None:
    with served(STOP_TIMEOUT_S="1", BODY_TIMEOUT_S="600") as running:
        with connected(running.url) as connection:
            _half_sent(connection)
            running.process.send_signal(signal.SIGTERM)
            running.stopped()
        text = str(running.lines)
    assert "Traceback" not in text
    assert GOOD["context"]["patientId"] not in text


def test_readiness_goes_first_and_calls_go_on_until_the_port_is_closed() -> None:
    with served(DRAIN_S="300") as running:
        running.process.send_signal(signal.SIGTERM)
        running.until("draining")
        ready = httpx.get(f"{running.url}/readyz")
        assert ready.status_code == 503
        assert ready.json()["issue"][0]["code"] == "transient"
        assert httpx.get(f"{running.url}/healthz").status_code == 200
        assert httpx.post(f"{running.url}{PATH}", json=GOOD).status_code == 412
        # Who is in a hurry says so again.
        running.process.send_signal(signal.SIGTERM)
        running.stopped()


def test_it_stops_by_itself_when_it_has_drained() -> None:
    with served(DRAIN_S="0.2") as running:
        running.process.send_signal(signal.SIGTERM)
        running.stopped()
    assert [line["message"] for line in running.lines].count("draining") == 1


def test_workers_drain_too() -> None:
    with served("--workers", "2", DRAIN_S="300", METRICS="true") as running:
        # One that is still starting would not drain, but end.
        _until(lambda: httpx.get(f"{running.url}/metrics").text.count("orbicularis_tasks{") == 2)
        running.process.send_signal(signal.SIGTERM)
        running.until("draining")
        _until(lambda: httpx.get(f"{running.url}/readyz").status_code == 503)
        assert httpx.post(f"{running.url}{PATH}", json=GOOD).status_code == 412
        # A second signal to one that has not yet taken its first would be one with that.
        _until(lambda: _hurried(running))


def _hurried(running: Served) -> bool:
    """Tell its workers once more to stop; whether it has."""
    for worker in _children(running):
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGTERM)
    return running.process.poll() is not None


def _children(running: Served) -> set[int]:
    """The processes that serve."""
    first = running.process.pid
    listed = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
    return {int(pid) for pid in listed.split() if "spawn_main" in _command(pid)}


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        # It has just ended.
        return ""


def test_a_worker_that_is_killed_is_survived_and_replaced() -> None:
    with served("--workers", "2") as running:
        _until(lambda: len(_children(running)) == 2)
        first = _children(running)
        os.kill(min(first), signal.SIGKILL)
        answers = []
        while len(_children(running) - first) < 1 or len(_children(running)) < 2:
            try:
                answers.append(httpx.post(f"{running.url}{PATH}", json=GOOD).status_code)
            except httpx.TransportError:
                # One that was in the killed worker's hands, or in its queue.
                continue
        for _ in range(20):
            answers.append(httpx.post(f"{running.url}{PATH}", json=GOOD).status_code)
    assert set(answers) == {412}


def test_a_chart_that_takes_too_long_is_given_up_and_the_next_one_answered() -> None:
    with served(READING_TIMEOUT_S="0.0001") as running:
        response = httpx.post(f"{running.url}{PATH}", json=GOOD)
        assert response.status_code in (412, 413)
        many = [
            {"resource": {"resourceType": "Condition", "code": {"text": f"a {i}"}}}
            for i in range(10_000)
        ]
        chart = GOOD | {"prefetch": {"conditions": {"resourceType": "Bundle", "entry": many}}}
        response = httpx.post(f"{running.url}{PATH}", json=chart)
        assert response.status_code == 413
        assert response.json()["issue"][0]["code"] == "too-costly"
        assert httpx.get(f"{running.url}/readyz").status_code == 200


def test_a_bad_setting_stops_the_start() -> None:
    result = _tried(MAX_BODY_BYTES="0", DRAIN_S="-1", ALLOWED_HOSTS="https://a.example")
    assert result.returncode == 2
    for name in ("MAX_BODY_BYTES", "DRAIN_S", "ALLOWED_HOSTS"):
        assert f"ORBICULARIS_{name}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_bundle_stops_the_start_of_workers_too(tmp_path: Path) -> None:
    (tmp_path / "bundle.yaml").write_text("id: 7\n", encoding="utf-8")
    result = _tried("--workers", "2", "--rules", str(tmp_path))
    assert result.returncode == 1
    assert "bundle.yaml" in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_a_taken_port_stops_the_start_of_workers_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = _tried("--workers", "2", "--port", port)
    assert result.returncode == 1
    assert f"port {port}" in result.stderr
    assert "Traceback" not in result.stderr


def _tried(*options: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    command, environment = started(*options, **settings)
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
