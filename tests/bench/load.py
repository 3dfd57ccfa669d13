"""Load from wrk, Debian's HTTP benchmarking tool."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import orjson

from tests.bench.server import LOAD_CORE

_SCRIPT = Path(__file__).with_name("post.lua")
HINT = "wrk is needed. On Debian and Ubuntu: apt-get install wrk; elsewhere: github.com/wg/wrk"


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw.

    Attributes:
        requests: how many were answered.
        per_s: throughput.
        p50_ms: median latency.
        p99_ms: latency that one in a hundred exceeds.
    """

    requests: int
    per_s: float
    p50_ms: float
    p99_ms: float


def available() -> bool:
    """Tell whether wrk is installed."""
    return which("wrk") is not None


def load(url: str, body: Path, *, seconds: float, connections: int, think_ms: float = 0) -> Load:
    """Post the body over and over.

    Args:
        url: where to.
        body: file with the body.
        seconds: for how long.
        connections: how many at once, each with one request at a time.
        think_ms: mean time that a connection waits before its next request; 0 for none.

    Raises:
        RuntimeError: when any answer was no success.
    """
    command = [
        "taskset", "-c", str(LOAD_CORE),
        "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout=30s",
        "-s", str(_SCRIPT), url, "--", str(body), str(think_ms),
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seen = orjson.loads(told.splitlines()[-1])
    if seen["errors"]:
        raise RuntimeError(f"{seen['errors']} of {seen['requests']} requests failed: {told}")
    return Load(
        seen["requests"],
        seen["requests"] / seen["duration_us"] * 1e6,
        seen["p50_us"] / 1e3,
        seen["p99_us"] / 1e3,
    )
