"""SIGHUP makes every process look for new rules; real processes, as an operator runs them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.api.reload.folder import Folder
from tests.api.reload.watching import Service, until
from tests.support.patience import PATIENCE_S


@dataclass
class Process:
    """A server, and what it logs."""

    pid: int
    lines: list[dict[str, Any]] = field(default_factory=list)

    def told(self, message: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["message"] == message]

    def processes(self, message: str) -> set[int]:
        """Which processes have said so."""
        return {line["pid"] for line in self.told(message)}


@contextmanager
def serving(folder: Folder, *options: str) -> Iterator[tuple[Process, Service]]:
    command = [sys.executable, "-m", "orbicularis", "serve", "--port", "0", *options]
    kept = {name: value for name, value in os.environ.items() if "ORBICULARIS_" not in name}
    environment = kept | {"ORBICULARIS_PROFILE": "production", "ORBICULARIS_AUTH": "none"}
    with subprocess.Popen(
        [*command, "--rules", str(folder.path)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        told = Process(process.pid)

        def listen() -> None:
            assert process.stderr is not None
            told.lines += ()
            for line in process.stderr:
                told.lines.append(json.loads(line))

        listening = Thread(target=listen)
        listening.start()
        try:
            until(lambda: bool(told.told("serving")), "it did not start")
            url = told.told("serving")[0]["at"].removesuffix("/cds-services")
            with httpx.Client(base_url=url) as client:
                until(lambda: _is_ready(client), "it is not ready")
                yield told, Service(client)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_S)
            listening.join()


def _is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").is_success
    except httpx.TransportError:
        return False


def test_one_process_looks_when_it_is_told(folder: Folder) -> None:
    with serving(folder) as (process, service):
        assert service.reload["watched"] is False
        folder.break_it()
        os.kill(process.pid, signal.SIGHUP)
        service.until_refused()
        folder.mend_it()
        folder.change()
        os.kill(process.pid, signal.SIGHUP)
        service.until_served(folder.revision)
    assert process.told("rules not reloaded")[0]["code"] == "K310"
    assert process.told("rules reloaded")[0]["cause"] == "signal"


def test_that_the_served_rules_are_good_again_is_told_after_a_signal(folder: Folder) -> None:
    with serving(folder) as (process, service):
        folder.break_it()
        os.kill(process.pid, signal.SIGHUP)
        service.until_refused()
        folder.mend_it()
        os.kill(process.pid, signal.SIGHUP)
        until(lambda: not service.reload["stale"], "what was mended is still told as broken")
        os.kill(process.pid, signal.SIGHUP)
        folder.rename()
        os.kill(process.pid, signal.SIGHUP)
        service.until_served(folder.revision)
    served = process.told("rules reloaded")
    (told,) = process.told("rules good again")
    assert (told["cause"], told["revision"]) == ("signal", served[0]["before"])
    assert told["pid"] == process.pid


@pytest.mark.parametrize("cause", ["signal", "change"])
def test_all_workers_swap_and_none_is_started_anew(folder: Folder, cause: str) -> None:
    options = ["--workers", "2"] + (["--reload-rules"] if cause == "change" else [])
    with serving(folder, *options) as (process, service):
        watched = service.reload["watched"]
        assert watched is (cause == "change")
        settle(process, folder, service, cause)
        folder.break_it()
        tell(process, cause)
        until(lambda: len(process.processes("rules not reloaded")) == 2, "not both refused")
        folder.mend_it()
        folder.change("Look at the kidneys.", "Look once more.")
        tell(process, cause)
        wanted = folder.revision[:12]
        until(
            lambda: (
                {
                    line["pid"]
                    for line in process.told("rules reloaded")
                    if line["revision"] == wanted
                }
                == process.processes("rules not reloaded")
            ),
            "not both reloaded",
        )
        assert {service.revision for _ in range(10)} == {folder.revision}


def settle(process: Process, folder: Folder, service: Service, cause: str) -> None:
    """Wait until both workers are at work: a signal that comes before would end one."""
    until(lambda: len(workers(process.pid)) >= 2, "the workers did not start")
    until(lambda: all(map(catches_hangup, workers(process.pid))), "a worker does not listen")
    folder.change()
    tell(process, cause)
    until(lambda: len(process.processes("rules reloaded")) == 2, "not both reloaded")


def tell(process: Process, cause: str) -> None:
    if cause == "signal":
        os.kill(process.pid, signal.SIGHUP)


def workers(parent: int) -> list[int]:
    """The parent's processes that serve, told from the helper of multiprocessing."""
    with open(f"/proc/{parent}/task/{parent}/children") as file:  # noqa: PTH123 - no path of a folder
        children = [int(pid) for pid in file.read().split()]
    return [pid for pid in children if "spawn_main" in command_of(pid)]


def command_of(pid: int) -> str:
    with open(f"/proc/{pid}/cmdline") as file:  # noqa: PTH123 - as above
        return file.read()


def catches_hangup(pid: int) -> bool:
    """Whether the process has a handler for SIGHUP (``SigCgt`` is a mask of signals)."""
    with open(f"/proc/{pid}/status") as file:  # noqa: PTH123 - as above
        mask = next(line for line in file if line.startswith("SigCgt:"))
    return bool(int(mask.split()[1], 16) >> (signal.SIGHUP - 1) & 1)
