"""Cold start, and the first call after it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import httpx

from tests.bench.rounds import PATH
from tests.bench.server import Server

_STEADY = 200


@dataclass(frozen=True, slots=True)
class Starts:
    """Medians over several starts.

    Attributes:
        service_s: from starting the process to the first answer to discovery.
        bare_s: the same of a bare FastAPI application.
        first_ms: latency of the first call.
        steady_ms: median latency of later ones.
    """

    service_s: float
    bare_s: float
    first_ms: float
    steady_ms: float


def starts(body: bytes, rounds: int) -> Starts:
    """Start both in turn, again and again; the first pair fills the disk cache."""
    cold, bare, calls = [], [], []
    for _ in range(rounds + 1):
        bare.append(_start(Server.bare_fastapi)[0])
        took, called = _start(Server.service, body)
        cold.append(took)
        calls.append(called)
    first, steady = zip(*calls[1:], strict=True)
    return Starts(median(cold[1:]), median(bare[1:]), median(first), median(steady))


def _start(
    make: Callable[[], Server], body: bytes | None = None
) -> tuple[float, tuple[float, float]]:
    """Seconds to the first discovery; then latency of the first call and of later ones."""
    began = time.perf_counter()
    server = make()
    try:
        server.wait()
        took = time.perf_counter() - began
        return took, _calls(server.url + PATH, body) if body else (0.0, 0.0)
    finally:
        server.stop()


def _calls(url: str, body: bytes) -> tuple[float, float]:
    with httpx.Client(headers={"content-type": "application/json"}) as client:
        # The connection is there already: what counts is the server's own first call.
        client.get(url.rsplit("/", 1)[0])
        times = []
        for _ in range(_STEADY):
            began = time.perf_counter()
            client.post(url, content=body).raise_for_status()
            times.append((time.perf_counter() - began) * 1e3)
    return times[0], median(times[1:])
