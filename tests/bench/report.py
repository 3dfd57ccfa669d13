"""The report: measured values beside the goals, as Markdown."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.goals import TAIL, THROUGHPUT
from tests.bench.load import Load
from tests.bench.rounds import Compared

_LIBRARIES = ("uvicorn", "uvloop", "httptools", "starlette", "msgspec", "orjson", "pydantic")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def verdict(value: float, goal: float, *, least: bool) -> str:
    """A goal with whether it is met."""
    sign, met = ("≥", value >= goal) if least else ("≤", value <= goal)
    return f"{sign} {goal:g} {'met' if met else '**missed**'}"


def throughput(size: int, twitching: bool, seen: Compared, bytes_: int) -> list[str]:
    """One line of the main table."""
    goal = THROUGHPUT[size].twitching if twitching else THROUGHPUT[size].quiet
    service, bare = seen.service[-1], seen.bare[-1]
    ratio = seen.throughput_ratio
    return [
        f"{size:,} ({bytes_ / 1000:,.0f} KB)",
        "differential with suggestions" if twitching else "no facial twitching",
        f"{bare.load.per_s:,.0f}",
        f"{service.load.per_s:,.0f}",
        f"{bare.cpu_ms:.2f}",
        f"{service.cpu_ms:.2f}",
        f"{seen.cpu_ratio:.2f}",
        f"**{ratio:.2f}**",
        verdict(ratio, goal, least=True),
    ]


THROUGHPUT_HEADS = (
    "Observations", "chart", "bare: calls/s", "service: calls/s", "bare: CPU ms", "service: CPU ms",
    "CPU ratio", "throughput ratio", "goal",
)  # fmt: skip


def other(what: str, value: float, goal: float, told: str = "") -> list[str]:
    """One line of the second table; these goals are upper limits."""
    measured = f"{value:.2f} ({told})" if told else f"{value:.2f}"
    return [what, measured, verdict(value, goal, least=False)]


def peer(size: int, seen: Compared) -> list[str]:
    """One line of the table of the peer."""
    last = seen.service[-1]
    ratio = f"{seen.throughput_ratio:.4f}"
    return [f"{size:,}", f"{last.load.per_s:,.1f}", f"{last.cpu_ms:,.1f}", ratio]


def tail(size: int, seen: Load) -> list[str]:
    """Latency at half the load."""
    told = f"{seen.p99_ms:.2f} ms by {seen.p50_ms:.2f} ms at {seen.per_s:,.0f} calls/s"
    what = f"p99 by p50 at half saturation, {size:,} Observations"
    return other(what, seen.p99_ms / seen.p50_ms, TAIL, told)


def machine() -> str:
    """What it was measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout  # noqa: S607 - Debian's
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {model}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{' '.join(wrk.split()[:2])}; {libraries}."
    )
