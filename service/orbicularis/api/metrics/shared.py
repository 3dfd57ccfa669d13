"""Counting in several worker processes: each writes a file, and whoever is asked adds them up.

The library decides when it is imported, by ``PROMETHEUS_MULTIPROC_DIR``, whether it counts in
memory or in files of that folder.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client.multiprocess import mark_process_dead

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

FOLDER = Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None
"""The folder in which this process counts; None when it counts in memory."""


@contextmanager
def shared_folder() -> Iterator[Path]:
    """Let the worker processes that are started within count together.

    An operator may name the folder; what an earlier run has left there is removed, because
    it would be added up, too. Otherwise it is a temporary one.
    """
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.db"):
            left.unlink()
        yield folder
        return
    with TemporaryDirectory(prefix="orbicularis-metrics-") as made:
        os.environ[VARIABLE] = made
        try:
            yield Path(made)
        finally:
            del os.environ[VARIABLE]


def workers(folder: Path) -> list[int]:
    """Process ids of the workers that are alive."""
    return sorted(pid for pid in _counting(folder) if _is_alive(pid))


def forget_dead(folder: Path) -> None:
    """Take out what dead workers were doing; what they have counted stays."""
    for pid in _counting(folder):
        if not _is_alive(pid):
            mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]  # untyped there


def _counting(folder: Path) -> set[int]:
    """Process ids by the names of the files, such as ``counter_123.db``."""
    ids = (path.stem.rpartition("_")[2] for path in folder.glob("*.db"))
    return {int(pid) for pid in ids if pid.isdecimal()}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
