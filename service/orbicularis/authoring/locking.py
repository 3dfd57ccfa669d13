"""Renewing ``bundle.lock``: only what is sound, and has a new version where it changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from orbicularis.errors.problem import Problem, Severity
from orbicularis.knowledge.checks.versions import LOCK_CODES, lockable
from orbicularis.knowledge.load import Reading, read
from orbicularis.knowledge.lock import NAME, Locked, lock_text

_VERSION = re.compile(r"^(version:[ ]*)[0-9]+", re.MULTILINE)
_STALE = "K902"


class NotLocked(Exception):
    """The rules cannot be locked; carries the problems that stand in the way."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems and say how many there are."""
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) stand in the way")


@dataclass(frozen=True, slots=True)
class Renewal:
    """What renewing did; each list holds names such as ``causes/tics``, sorted.

    Attributes:
        added: rules that were not locked before.
        raised: rules with a new version.
        removed: rules that are gone.
    """

    added: tuple[str, ...]
    raised: tuple[str, ...]
    removed: tuple[str, ...]


def renew(folder: Path, *, raise_versions: bool = False) -> Renewal:
    """Write the folder's lock anew.

    There is no way around a new version: a number costs nothing, and a version that stood
    for two contents cannot be mended later. To start over, as before a first release, remove
    the file; a reviewer then sees that.

    Args:
        folder: the rules.
        raise_versions: write the next version into rules that changed without one.

    Raises:
        NotLocked: the rules have errors, or content changed without a new version.
    """
    reading = read(folder)
    if raise_versions and _raised(folder, reading):
        reading = read(folder)
    hindered = [
        problem
        for problem in reading.problems
        if problem.severity is Severity.ERROR and problem.code != _STALE
    ]
    if hindered:
        raise NotLocked(hindered)
    now = {name: state for name, (_, state) in lockable(reading.rules).items()}
    path = folder / NAME
    text = lock_text(now.items())
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
    return _renewal(reading, now)


def _renewal(reading: Reading, now: dict[str, Locked]) -> Renewal:
    lock = reading.rules.lock
    before = lock.lock.rules if lock is not None else {}
    return Renewal(
        added=_sorted(name for name in now if name not in before),
        raised=_sorted(name for name in now if name in before and now[name] != before[name]),
        removed=_sorted(name for name in before if name not in now),
    )


def _raised(folder: Path, reading: Reading) -> bool:
    """Write the next version into each rule that needs one; tell whether one did.

    Nothing is written while the rules have other errors.
    """
    lock = reading.rules.lock
    errors = {p.code for p in reading.problems if p.severity is Severity.ERROR}
    if lock is None or errors - LOCK_CODES:
        return False
    needed = {p.file for p in reading.problems if p.code in LOCK_CODES - {_STALE}}
    for name, (file, _) in lockable(reading.rules).items():
        if file.source.file in needed:
            _write_version(folder / file.source.file, lock.lock.rules[name].version + 1)
    return bool(needed)


def _write_version(path: Path, version: int) -> None:
    """Replace the number alone, so that comments and layout stay."""
    text = path.read_bytes().decode()
    path.write_bytes(_VERSION.sub(rf"\g<1>{version}", text, count=1).encode())


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
