"""Alternating rounds: bare application and service in turn, so that both see the same machine."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.load import Load, load
from tests.bench.server import Server

PATH = "/cds-services/facial-twitching"


@dataclass(frozen=True, slots=True)
class Round:
    """One server under load for a while.

    Attributes:
        load: what the load generator saw.
        cpu_ms: processor time per request, as the operating system counts it.
    """

    load: Load
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Rounds of the service and of the bare application, pair by pair."""

    service: tuple[Round, ...]
    bare: tuple[Round, ...]

    @property
    def throughput_ratio(self) -> float:
        """Throughput of the service by that of the bare application: the median pair."""
        pairs = zip(self.service, self.bare, strict=True)
        return median(one.load.per_s / other.load.per_s for one, other in pairs)

    @property
    def cpu_ratio(self) -> float:
        """Processor time of the bare application by that of the service: more is better."""
        pairs = zip(self.service, self.bare, strict=True)
        return median(other.cpu_ms / one.cpu_ms for one, other in pairs)


def run(server: Server, body: Path, *, seconds: float, connections: int) -> Round:
    """Load a server as much as it takes, once it has nothing left to do from before."""
    server.drain()
    before = server.cpu_s()
    seen = load(server.url + PATH, body, seconds=seconds, connections=connections)
    server.drain()
    return Round(seen, (server.cpu_s() - before) / seen.requests * 1e3)


def compare(
    service: Server, bare: Server, body: Path, *, rounds: int, seconds: float, connections: int
) -> Compared:
    """Alternate between the two; the first pair warms up and does not count."""
    pairs = [
        tuple(
            run(server, body, seconds=seconds, connections=connections)
            for server in (bare, service)
        )
        for _ in range(rounds + 1)
    ][1:]
    return Compared(tuple(pair[1] for pair in pairs), tuple(pair[0] for pair in pairs))


def latency(server: Server, body: Path, *, per_s: float, seconds: float, users: int) -> Load:
    """Latency under a part of the load that the server could take.

    wrk knows no rate. So there are many users, each of whom waits after an answer, for a time
    that is distributed like the gaps between independent events; together they ask nearly as
    often as wanted, in bursts and lulls as in life, which is harder than a steady beat.
    """
    server.drain()
    think = users / per_s * 1e3
    return load(server.url + PATH, body, seconds=seconds, connections=users, think_ms=think)
