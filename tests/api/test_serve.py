import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.test_refusals import GOOD
from tests.support.patience import PATIENCE_S

SERVICE = "/cds-services/facial-twitching"


def _environment(**settings: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("ORBICULARIS_")
    }
    return kept | {f"ORBICULARIS_{name}": value for name, value in settings.items()}


def _command(*options: str) -> list[str]:
    return [sys.executable, "-m", "orbicularis", "serve", *options]


def _refused(*options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(*options),
        env=_environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def _serving(*options: str, **settings: str) -> Iterator[tuple[str, dict[str, object]]]:
    """A server of its own; its base URL, and the line with which it started."""
    command = _command("--port", "0", *options)
    environment = _environment(PROFILE="production", **settings)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = map(json.loads, process.stderr)
            line = next(line for line in lines if line["message"] == "serving")
            yield line["at"].removesuffix("/cds-services"), line
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_S)


def _when_ready(url: str) -> httpx.Response:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return httpx.get(f"{url}/readyz")
        except httpx.TransportError:
            assert time.monotonic() < until
            time.sleep(0.05)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serves_until_stopped(workers: str) -> None:
    with _serving("--workers", workers, AUTH="none") as (url, line):
        assert _when_ready(url).json()["status"] == "ready"
        assert httpx.post(url + SERVICE, json=GOOD).status_code == 412
    assert line["message"] == "serving"
    assert line["services"] == "facial-twitching"
    assert line["workers"] == int(workers)
    assert re.fullmatch("[0-9a-f]{12}", str(line["revision"]))


def test_settings_reach_the_service() -> None:
    with _serving(MAX_BODY_BYTES="10", AUTH="none") as (url, _):
        assert httpx.post(url + SERVICE, json=GOOD).status_code == 413


def test_in_production_nobody_calls_who_is_not_trusted() -> None:
    with _serving() as (url, line):
        assert _when_ready(url).status_code == 200
        assert httpx.get(f"{url}/cds-services").status_code == 200
        for path in (SERVICE, f"{SERVICE}/feedback"):
            assert httpx.post(url + path, json=GOOD).status_code == 401
        assert httpx.get(f"{url}/metrics").status_code == 404
    assert line["calls"] == "refused: no issuer is trusted"
    assert line["metrics"] == "off"


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = _refused("--port", port)
    assert result.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_that_is_not_ours_is_told() -> None:
    result = _refused("--host", "192.0.2.1")
    assert result.returncode == 1
    assert "Cannot listen on 192.0.2.1" in result.stderr


def test_rules_that_are_not_there_are_told(tmp_path: Path) -> None:
    for result in (_refused("--rules", str(tmp_path)), _refused(RULES=str(tmp_path / "none"))):
        assert result.returncode == 1
        assert result.stderr.strip()
        assert "Traceback" not in result.stderr


def test_an_unusable_setting_is_told_by_name() -> None:
    result = _refused(LOG_LEVEL="loud")
    assert result.returncode == 2
    assert "ORBICULARIS_LOG_LEVEL" in result.stderr
    assert "Traceback" not in result.stderr
