"""Resident memory of a server: after large charts, and over many requests."""

from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import load
from tests.bench.rounds import PATH
from tests.bench.server import Server, running

_CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MB.

    Attributes:
        started: before the first call.
        large: after charts of 1,000 resources.
        requests: how many small charts were answered after these.
        early: after a tenth of them.
        late: after all of them.
    """

    started: float
    large: float
    requests: int
    early: float
    late: float


def memory(large: Path, small: Path, requests: int) -> Memory:
    """Watch one server."""
    server = Server.service()
    with running(server):
        started = server.rss_mb()
        load(server.url + PATH, large, seconds=5, connections=_CONNECTIONS)
        after_large = server.rss_mb()
        done = _answered(server, small, requests // 10)
        early = server.rss_mb()
        done += _answered(server, small, requests - done)
        return Memory(started, after_large, done, early, server.rss_mb())


def _answered(server: Server, body: Path, wanted: int) -> int:
    done = 0
    while done < wanted:
        done += load(server.url + PATH, body, seconds=2, connections=_CONNECTIONS).requests
    return done
