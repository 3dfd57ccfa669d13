"""Counting in several processes: real ones, which write to a folder and are added up."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orbicularis.api.metrics import shared
from tests.api.metrics.counted import Series, read

WORKER = """
import sys
from orbicularis.api.decisions import Decision
from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.metrics.metrics import Metrics

metrics = Metrics()
for _ in range(int(sys.argv[1])):
    metrics.calls.began()
    metrics.calls.answered("facial-twitching", "patient-view", 200, 0.004)
    metrics.decisions.told(
        Decision(
            kind="differential", rule="tetany", revision="current", outcome="overridden",
            reasons=("none",),
        )
    )
metrics.calls.began()
print("counted", flush=True)
for _ in sys.stdin:
    sys.stdout.buffer.write(exposition(metrics) + b"# EOF\\n")
    sys.stdout.flush()
"""

REQUESTS = Series("orbicularis_requests_total", ("patient-view", "facial-twitching", "200"))
FEEDBACK = Series("orbicularis_feedback_total", ("differential", "overridden", "current", "tetany"))
IN_PROGRESS = Series("orbicularis_requests_in_progress", ())
WITHIN = Series("orbicularis_request_duration_seconds_bucket", ("patient-view", "0.005"))


class Worker:
    """A process that has counted and shows what all have counted."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.pid = process.pid
        assert process.stdin is not None
        assert process.stdout is not None
        self._ask, self._told = process.stdin, process.stdout
        assert self._told.readline() == "counted\n"

    def text(self) -> str:
        """What a scraper reads when this one is asked."""
        self._ask.write("\n")
        self._ask.flush()
        return "".join(iter(self._told.readline, "# EOF\n"))

    def counts(self) -> dict[Series, float]:
        return read(self.text())


@contextmanager
def working(folder: Path, calls: int) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(calls)],
        env=os.environ | {shared.VARIABLE: str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Worker(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Worker, Worker]]:
    """Two that are alive and count in one folder."""
    folder = tmp_path_factory.mktemp("shared")
    with working(folder, 3) as one, working(folder, 4) as other:
        yield one, other


def test_two_processes_add_up_whichever_is_asked(pair: tuple[Worker, Worker]) -> None:
    for worker in pair:
        counts = worker.counts()
        assert counts[REQUESTS] == counts[FEEDBACK] == counts[WITHIN] == 7
        assert counts[IN_PROGRESS] == 2


def test_every_worker_process_is_described(pair: tuple[Worker, Worker]) -> None:
    text = pair[0].text()
    for worker in pair:
        assert f'process_resident_memory_bytes{{pid="{worker.pid}"}}' in text
    assert text.count("# TYPE process_resident_memory_bytes gauge") == 1
    assert text.count("# TYPE process_cpu_seconds_total counter") == 1


def test_what_a_dead_worker_has_counted_stays_and_what_it_was_doing_goes(tmp_path: Path) -> None:
    """Here the folder has to be made, too."""
    folder = tmp_path / "new"
    with working(folder, 3) as one:
        with working(folder, 4) as other:
            assert one.counts()[IN_PROGRESS] == 2
            assert shared.workers(folder) == sorted([one.pid, other.pid])
        counts = one.counts()
        assert counts[REQUESTS] == 7
        assert counts[IN_PROGRESS] == 1
        assert shared.workers(folder) == [one.pid]
        assert f'pid="{other.pid}"' not in one.text()


def test_a_folder_is_made_for_workers_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(shared.VARIABLE, raising=False)
    with shared.shared_folder() as folder:
        assert folder.is_dir()
        assert os.environ[shared.VARIABLE] == str(folder)
    assert not folder.exists()
    assert shared.VARIABLE not in os.environ


def test_a_folder_that_was_named_is_made_and_emptied_of_what_was_counted_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "new" / "folder"
    monkeypatch.setenv(shared.VARIABLE, str(named))
    with shared.shared_folder() as folder:
        assert folder == named
        (named / "counter_1.db").touch()
        (named / "of-somebody-else.txt").touch()
    with shared.shared_folder():
        assert [path.name for path in named.iterdir()] == ["of-somebody-else.txt"]
    assert os.environ[shared.VARIABLE] == str(named)
