"""Server processes to measure: one worker each, on a core of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Self

import httpx

ROOT = Path(__file__).parents[2]
SERVER_CORE = max(os.sched_getaffinity(0))
LOAD_CORE = min(os.sched_getaffinity(0))
"""The load generator has another core than the servers, of which one at a time is at work."""

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_UVICORN = (
    "--loop=uvloop", "--http=httptools", "--ws=none", "--lifespan=off", "--no-access-log",
    "--log-level=warning",
)  # fmt: skip


class Server:
    """A running server, with what the operating system tells of it."""

    def __init__(self, command: list[str], base: str = "") -> None:
        """Start it on a free port, pinned to its core.

        Args:
            command: starts it; ``{port}`` stands for the port.
            base: path below which it serves CDS Hooks.
        """
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}{base}"
        self.process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), *(part.format(port=port) for part in command)],  # noqa: S607 - Debian's
            cwd=ROOT,
            env=_environment(),
        )

    @classmethod
    def bare(cls) -> Self:
        """The bare ASGI application."""
        return cls(_uvicorn("tests.bench.bare:app"))

    @classmethod
    def bare_fastapi(cls) -> Self:
        """The least FastAPI application."""
        return cls(_uvicorn("tests.bench.bare_fastapi:app"))

    @classmethod
    def service(cls) -> Self:
        """The service, as ``orbicularis serve`` starts it."""
        return cls([sys.executable, "-m", "orbicularis", "serve", "--port={port}"])

    @classmethod
    def peer(cls, python: Path) -> Self:
        """HealthChain, run by an interpreter in which it is installed."""
        place = f"--app-dir={ROOT / 'tests' / 'bench'}"
        return cls(_uvicorn("peer:app", place, python=str(python)), base="/cds")

    @classmethod
    def many_rules(cls) -> Self:
        """The service with ten times the causes and findings."""
        return cls(_uvicorn("--factory", "tests.bench.many_rules:app_factory"))

    def wait(self, path: str = "/cds-services") -> None:
        """Wait until it answers."""
        with httpx.Client(base_url=self.url) as client:
            while self.process.poll() is None:
                try:
                    client.get(path)
                except httpx.TransportError:
                    time.sleep(0.002)
                else:
                    return
        raise RuntimeError(f"it did not start: {self.process.args!r}")

    def cpu_s(self) -> float:
        """Seconds of processor time that all its threads have used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S

    def rss_mb(self) -> float:
        """Resident memory in MB (10^6 bytes)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def drain(self) -> None:
        """Wait until it has nothing to do any more."""
        before = -1.0
        while (now := self.cpu_s()) != before:
            before = now
            time.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def _environment() -> dict[str, str]:
    """Byte code is kept, as where the package is installed: else each start would compile it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"ORBICULARIS_AUTH": "none", "ORBICULARIS_LOG_LEVEL": "warning"}


def _uvicorn(*application: str, python: str = sys.executable) -> list[str]:
    return [python, "-m", "uvicorn", *application, "--port={port}", *_UVICORN]


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Wait for all of them, and end them afterwards."""
    try:
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            server.stop()
