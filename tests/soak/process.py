"""What the operating system knows of a process (Linux, ``/proc``)."""

import os
from dataclasses import dataclass
from pathlib import Path


class Gone(Exception):
    """There is no such process any more."""


@dataclass(frozen=True, slots=True)
class Look:
    """A process as it was at one time.

    Attributes:
        rss: memory in use, in MiB.
        descriptors: open ones, but for sockets that lead to ``aside``.
        pooled: sockets that lead to ``aside``.
        threads: how many.
        state: one letter; ``Z`` for a zombie, ``T`` for one that stands still.
    """

    rss: float
    descriptors: int
    pooled: int
    threads: int
    state: str


def look(pid: int, aside: int = 0) -> Look:
    """Look at a process.

    Args:
        pid: which.
        aside: sockets to this port are not counted.

    Raises:
        Gone: it is not there.
    """
    try:
        status = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        )
        left_out = {inode for inode, _, remote in sockets() if remote == aside}
        every = _descriptors(pid)
        pooled = len([one for one in every if one in left_out])
        rss = int(status.get("VmRSS", "0").split()[0]) / 1024
        state = status["State"].split()[0]
        return Look(rss, len(every) - pooled, pooled, int(status["Threads"]), state)
    except (FileNotFoundError, ProcessLookupError) as error:
        raise Gone from error


def children(pid: int) -> list[int]:
    """Processes that it has started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in text.split()]


def workers(parent: int) -> list[int]:
    """Those of them that serve, the eldest first."""
    return sorted(pid for pid in children(parent) if "spawn_main" in _command(pid))


def ports_of(pid: int, served: int) -> frozenset[int]:
    """The other ends of all connections to the port ``served`` that this process has taken."""
    own = set(_descriptors(pid))
    return frozenset(
        remote for inode, local, remote in sockets() if local == served and inode in own
    )


def sockets() -> list[tuple[str, int, int]]:
    """Inode, local port and remote port of every IPv4 TCP socket."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    columns = [line.split() for line in lines]
    return [(one[9], _port(one[1]), _port(one[2])) for one in columns]


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def _descriptors(pid: int) -> list[str]:
    """Of each descriptor the inode of its socket, or nothing."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(link)  # noqa: PTH115 - no path of a file: ``socket:[123]``
        except FileNotFoundError:
            continue
        found.append(target.removeprefix("socket:[").removesuffix("]"))
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
