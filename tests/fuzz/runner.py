"""Runs fuzzing processes, one target after the other, and gathers what they found."""

import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

from tests.fuzz.report import Row
from tests.fuzz.seeds import seeds
from tests.fuzz.tally import counted, covered

BUILD = Path("build/fuzz")
SHARES = {"call": 0.8, "feedback": 0.08, "token": 0.12}
"""Parts of the time: the way from a body to cards is by far the longest."""

_OWN = ("*.json", "*.log", "*.slowest")
"""What the processes of one run write beside the corpus."""
_PATIENCE_S = 300
"""How long after its time a process may still start or judge its last input."""

Process = subprocess.Popen[bytes]


class ProcessFailed(Exception):
    """A fuzzing process ended by itself; its text is what it said last."""


class Runner:
    """Fuzzes one target with several processes that share what they find."""

    def __init__(self, target: str, processes: int, seconds: float) -> None:
        """Put the seeds in place; the corpus of earlier runs is kept."""
        self.target = target
        self._seconds = seconds
        self._processes = processes
        self._folder = BUILD / target
        _fresh(self._folder / "seeds")
        (self._folder / "corpus").mkdir(parents=True, exist_ok=True)
        for old in (one for kind in _OWN for one in self._folder.glob(kind)):
            old.unlink()
        for seed in seeds(target):
            (self._folder / "seeds" / sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def run(self) -> Row:
        """Fuzz until the time is up; a process that an input kills is started again.

        Raises:
            ProcessFailed: a process ended for a reason of its own.
        """
        began = time.monotonic()
        until = began + self._seconds
        running = [self._start(number, until) for number in range(self._processes)]
        try:
            while any(one.poll() is None for one in running):
                time.sleep(0.2)
                for number, one in enumerate(running):
                    running[number] = self._looked_after(one, number, until)
        finally:
            for one in running:
                one.kill()
        return self._row(time.monotonic() - began)

    def _looked_after(self, process: Process, number: int, until: float) -> Process:
        now = time.monotonic()
        if process.poll() is None and now > until + _PATIENCE_S:
            process.kill()
        if process.poll() in (None, 0):
            return process
        logs = sorted(self._folder.glob(f"{number}-*.log"))
        words = logs[-1].read_text("utf-8", "replace")
        if "SUMMARY: libFuzzer" not in words:
            raise ProcessFailed(words[-2000:])
        return self._start(number, until) if now < until - 1 else process

    def _start(self, number: int, until: float) -> Process:
        # A file of its own for each start, so that no count of an earlier one is lost.
        name = f"{number}-{time.monotonic_ns()}"
        seconds = max(1, round(until - time.monotonic()))
        command = [sys.executable, "-m", "tests.fuzz.process", self.target, name, str(seconds)]
        with (self._folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def _row(self, seconds: float) -> Row:
        counts = counted(sorted(self._folder.glob("*.json")))
        return Row(
            target=self.target,
            seconds=seconds,
            counts=counts,
            coverage=covered(sorted(self._folder.glob("*.log"))),
            crashes=len(found(self.target)),
        )


def found(target: str) -> list[Path]:
    """Inputs of a target that were written down: by an oracle, or by libFuzzer."""
    kept = [*BUILD.glob(f"{target}-*.bin")]
    for kind in ("crash", "oom", "timeout", "leak"):
        kept += BUILD.glob(f"{target}-{kind}-*")
    return sorted(set(kept) - {file for file in kept if file.suffix == ".txt"})


def forget() -> None:
    """Put away what earlier runs found, so that the table tells of this one alone."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for target in SHARES:
        for file in (*found(target), *BUILD.glob(f"{target}-*.txt")):
            file.unlink(missing_ok=True)


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
