"""The parent of worker processes: it tells of deaths, and waits with a signal until one listens."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import httpx

from tests.api.reload.folder import Folder
from tests.api.served import Served, served
from tests.hiccups.call import RULES
from tests.soak.process import workers
from tests.support.patience import PATIENCE_S


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def told(running: Served, message: str) -> list[dict[str, object]]:
    return [line for line in list(running.lines) if line["message"] == message]


def revisions(running: Served) -> set[str]:
    """What whoever answers says that it serves."""
    ready = [httpx.get(f"{running.url}/readyz").json() for _ in range(20)]
    return {str(one["bundle"]["revision"]) for one in ready}


def test_a_worker_that_dies_while_rules_are_broken_comes_back_with_the_last_good_ones(
    tmp_path: Path,
) -> None:
    folder = Folder(copytree(RULES, tmp_path / "rules"))
    revision = folder.revision
    with served("--workers", "2", "--rules", str(folder.path)) as running:
        until(lambda: len(workers(running.process.pid)) == 2)
        folder.break_it()
        first, second = workers(running.process.pid)
        os.kill(first, signal.SIGKILL)
        running.until("started with the last good rules")
        # Two processes write to one log: the parent's line may come after the new worker's.
        running.until("worker died")
        (death,) = told(running, "worker died")
        assert (death["pid"], death["exit_code"]) == (first, -signal.SIGKILL)
        assert workers(running.process.pid) == sorted([second, int(str(death["started"]))])
        assert httpx.get(f"{running.url}/readyz").json()["bundle"]["revision"] == revision


def test_a_signal_waits_until_a_process_listens(tmp_path: Path) -> None:
    folder = Folder(copytree(RULES, tmp_path / "rules"))
    with served("--workers", "2", "--rules", str(folder.path)) as running:
        until(lambda: len(workers(running.process.pid)) == 2)
        before = workers(running.process.pid)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: bool(told(running, "worker died")))
        folder.change()
        # The new process has only just been started.
        os.kill(running.process.pid, signal.SIGHUP)
        until(lambda: revisions(running) == {folder.revision})
        assert len(told(running, "worker died")) == 1
