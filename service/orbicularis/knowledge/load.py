"""Loads a bundle: reads every file, tells every problem at once, and gives one value."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from orbicularis.errors.problem import BundleError, Problem, Severity
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.base import KnowledgeFile, Status
from orbicularis.knowledge.bundle import Bundle, Manifest
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.checks.checks import CHECKS, TEST_CHECKS, Check
from orbicularis.knowledge.file_kind import TEST, TEST_SUFFIX, WELL
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.layout import Found, find
from orbicularis.knowledge.lock import read_lock
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.problem_codes import explained
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.reference import References
from orbicularis.knowledge.revision import revision
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.source import Source
from orbicularis.knowledge.vignette import Vignettes

K = TypeVar("K", bound=KnowledgeFile)
_TESTS = (TEST, WELL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a folder gave.

    Attributes:
        bundle: the active rules; None when there are errors.
        vignettes: the well-shaped vignette files of active rules, by path in the folder.
        problems: errors and warnings, sorted by file and line.
        rules: all files as they were read, drafts and broken ones included.
    """

    bundle: Bundle | None
    vignettes: dict[Path, Vignettes]
    problems: list[Problem]
    rules: Rules


def load(folder: Path) -> Bundle:
    """Return the bundle of a folder, to serve it; vignettes are left unread.

    Raises:
        BundleError: with every problem, when there is an error among them.
    """
    reading = read(folder, tests=False)
    if reading.bundle is None:
        raise BundleError(str(folder), reading.problems)
    return reading.bundle


def inspect(folder: Path) -> tuple[Bundle | None, list[Problem]]:
    """Return the bundle, or None when there are errors, and every error and warning."""
    reading = read(folder)
    return reading.bundle, reading.problems


def vignettes(folder: Path) -> tuple[dict[Path, Vignettes], list[Problem]]:
    """Return the vignette files of active rules by path in the folder, and their problems."""
    reading = read(folder)
    tests = [p for p in reading.problems if _is_test(p.file)]
    return reading.vignettes, tests


def read(folder: Path, *, tests: bool = True) -> Reading:
    """Read and check a folder; without ``tests``, vignettes and advice to authors are skipped."""
    with _collector_paused():
        return _read(folder, tests)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spare the garbage collector the node trees: they are many, and none is garbage yet."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(folder: Path, tests: bool) -> Reading:
    found, problems = find(folder)
    files: list[RuleFile] = []
    contents: list[tuple[str, bytes]] = []
    for item in found:
        if item.kind in _TESTS and not tests:
            continue
        raw, file, wrong = _file(folder, item)
        files.append(file)
        problems += wrong
        if item.kind not in _TESTS:
            contents.append((item.file, raw))
    lock, wrong = read_lock(folder) if tests else (None, [])
    problems += wrong
    rules = Rules(tuple(files), lock)
    if files:
        problems += _checked(rules, CHECKS + (TEST_CHECKS if tests else ()), problems)
    problems = sorted(map(explained, problems))
    sound = all(problem.severity is not Severity.ERROR for problem in problems)
    bundle = _bundle(rules, revision(contents)) if sound else None
    return Reading(bundle, _vignettes(rules), problems, rules)


def _checked(rules: Rules, checks: Iterable[Check], known: list[Problem]) -> list[Problem]:
    """Run the checks; a value that is wrong already is not told again."""
    told = {(problem.file, problem.line, problem.column) for problem in known}
    return [
        problem
        for check in checks
        for problem in check(rules)
        if (problem.file, problem.line, problem.column) not in told
    ]


def _file(folder: Path, item: Found) -> tuple[bytes, RuleFile, list[Problem]]:
    source, model = Source(item.file), None
    try:
        raw = (folder / item.file).read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raw, problems = b"", [Problem(item.file, 1, 1, "K004", what)]
    else:
        source = yaml_source.read(item.file, raw)
        problems = list(source.problems)
    if source.root is not None:
        model, mismatches = shape(source, item.kind.model)
        problems += mismatches
    return raw, RuleFile(item.kind, item.stem, source, model), problems


def _bundle(rules: Rules, digest: str) -> Bundle:
    (_, manifest), (_, references), (_, language) = (
        next(rules.each(Manifest)),
        next(rules.each(References)),
        next(rules.each(Language)),
    )
    return Bundle(
        manifest=manifest,
        revision=digest,
        systems=rules.systems,
        concepts=rules.concepts,
        language=language,
        references=references.references,
        measurements=_active(rules, Measurement),
        findings=_active(rules, Finding),
        causes=_active(rules, Cause),
        red_flags=_active(rules, RedFlag),
        orders=_active(rules, Order),
        services=_active(rules, Service),
    )


def _active(rules: Rules, model: type[K]) -> dict[str, K]:
    return {name: r for name, r in rules.by_id(model).items() if r.status is Status.ACTIVE}


def _vignettes(rules: Rules) -> dict[Path, Vignettes]:
    served = {
        file.source.file.removesuffix(".yaml")
        for file in rules.files
        if file.kind not in _TESTS and file.status is Status.ACTIVE
    }
    return {
        Path(file.source.file): tests
        for file, tests in rules.each(Vignettes)
        if file.kind is WELL or file.source.file.removesuffix(TEST_SUFFIX) in served
    }


def _is_test(file: str) -> bool:
    return file.endswith(TEST_SUFFIX) or PurePosixPath(file).parts[0] == "well"
