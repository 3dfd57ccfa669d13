"""What a fuzzing process counts, written down every second, because it ends without a word."""

import re
import time
from collections import Counter
from pathlib import Path

import msgspec

_EVERY_S = 1.0
_LINE = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
"""What libFuzzer says of its progress."""


class Counts(msgspec.Struct):
    """The numbers of one process.

    Attributes:
        runs: inputs that were judged; one in four of them is sent several times.
        answers: how many by status.
        broken: how many by kind.
        slowest_s: CPU time of the slowest one.
        slowest_bytes: its length.
    """

    runs: int = 0
    answers: dict[str, int] = {}
    broken: dict[str, int] = {}
    slowest_s: float = 0.0
    slowest_bytes: int = 0


class Tally:
    """Counts, and writes down what it has counted."""

    def __init__(self, file: Path) -> None:
        """Begin at nothing."""
        self._file = file
        self._answers: Counter[str] = Counter()
        self._broken: Counter[str] = Counter()
        self._counts = Counts()
        self._next = 0.0

    def answered(self, status: int, seconds: float, data: bytes) -> None:
        """Count an answer that is as it should be."""
        self._answers[str(int(status))] += 1
        if seconds > self._counts.slowest_s:
            self._counts.slowest_s, self._counts.slowest_bytes = seconds, len(data)
            self._file.with_suffix(".slowest").write_bytes(data)
        self._ran()

    def broke(self, kind: str) -> None:
        """Count a find."""
        self._broken[kind] += 1
        self._ran()

    def _ran(self) -> None:
        self._counts.runs += 1
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY_S
        self._counts.answers, self._counts.broken = dict(self._answers), dict(self._broken)
        self._file.write_bytes(msgspec.json.encode(self._counts))


def counted(files: list[Path]) -> Counts:
    """The numbers of all processes together."""
    total = Counts(answers={}, broken={})
    for file in files:
        one = msgspec.json.decode(file.read_bytes(), type=Counts)
        total.runs += one.runs
        total.answers = dict(Counter(total.answers) + Counter(one.answers))
        total.broken = dict(Counter(total.broken) + Counter(one.broken))
        if one.slowest_s > total.slowest_s:
            total.slowest_s, total.slowest_bytes = one.slowest_s, one.slowest_bytes
    return total


def covered(logs: list[Path]) -> tuple[int, int, int]:
    """Edges, features and inputs of the corpus, by libFuzzer's last words; the most of any."""
    lines = [_LINE.findall(log.read_text("utf-8", "replace")) for log in logs]
    last = [tuple(map(int, found[-1])) for found in lines if found]
    best = max(last, default=(0, 0, 0))
    return (best[0], best[1], best[2])
