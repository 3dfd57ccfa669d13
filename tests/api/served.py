"""The service as its own process, as an operator starts it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

from tests.support.patience import PATIENCE_S


@dataclass
class Served:
    """A running service.

    Attributes:
        process: its first process.
        url: where it is reached.
        start: the line with which it started.
        lines: all that it has logged since.
    """

    process: "subprocess.Popen[str]"
    url: str
    start: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def most_memory_mib(self) -> int:
        """The most that the process ever had in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) // 1024

    def until(self, message: str) -> None:
        """Wait until it has logged this."""
        until = time.monotonic() + PATIENCE_S
        while not any(line["message"] == message for line in list(self.lines)):
            assert time.monotonic() < until, message
            time.sleep(0.01)

    def stopped(self) -> int:
        """Wait until it has stopped by itself; the exit code."""
        return self.process.wait(timeout=PATIENCE_S)


def started(*options: str, **settings: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment of a service on a free port, with calls open."""
    command = [sys.executable, "-m", "orbicularis", "serve", "--port", "0", *options]
    told = {"PROFILE": "production", "AUTH": "none", **settings}
    kept = {name: it for name, it in os.environ.items() if not name.startswith("ORBICULARIS_")}
    return command, kept | {f"ORBICULARIS_{name}": value for name, value in told.items()}


@contextmanager
def served(*options: str, **settings: str) -> Iterator[Served]:
    """Start a service on a free port, with a log in JSON, and stop it in the end."""
    command, environment = started(*options, **settings)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = (json.loads(line) for line in process.stderr if line.startswith("{"))
        try:
            start = next(line for line in lines if line["message"] == "serving")
            running = Served(process, start["at"].removesuffix("/cds-services"), start)
            reading = Thread(target=running.lines.extend, args=(lines,), daemon=True)
            reading.start()
            _ready(running.url)
            yield running
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(timeout=PATIENCE_S)


def _ready(url: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            assert httpx.get(f"{url}/readyz").status_code == 200
            return
        except httpx.TransportError:
            assert time.monotonic() < until
            time.sleep(0.05)
