"""Loads a bundle: reads every file, tells every problem at once, and gives one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from orbicularis.errors.problem import BundleError, Problem, Severity
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.base import KnowledgeFile
from orbicularis.knowledge.bundle import Bundle, Manifest
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.checks.checks import CHECKS, TEST_CHECKS, Check
from orbicularis.knowledge.checks.versions import lock_is_current, versions_are_new
from orbicularis.knowledge.collector import paused
from orbicularis.knowledge.file_kind import TEST, TEST_SUFFIX, WELL, Named
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.layout import Found, find, find_overlay
from orbicularis.knowledge.lock import read_lock
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.merge import merged, without_causes
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.overlay import Overlay
from orbicularis.knowledge.problem_codes import explained
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.revision import revision
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.source import Source
from orbicularis.knowledge.status import MinStatus
from orbicularis.knowledge.vignette import Vignettes

K = TypeVar("K", bound=KnowledgeFile)
_TESTS = (TEST, WELL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a folder gave.

    Attributes:
        bundle: the served rules; None when there are errors.
        vignettes: the well-shaped vignette files of served rules, by path in the folder.
        problems: errors and warnings, sorted by file and line.
        rules: all files as they were read, drafts and broken ones included.
    """

    bundle: Bundle | None
    vignettes: dict[Path, Vignettes]
    problems: list[Problem]
    rules: Rules


def load(
    folder: Path, overlay: Path | None = None, min_status: MinStatus = MinStatus.ACTIVE
) -> Bundle:
    """Return the bundle of a folder, to serve it; vignettes are left unread.

    Args:
        folder: the rules.
        overlay: folder of what a site does differently.
        min_status: from which status on rules are served.

    Raises:
        BundleError: with every problem, when there is an error among them.
    """
    with paused():
        reading = _read(folder, overlay, min_status, tests=False)
    if reading.bundle is None:
        raise BundleError(str(folder), reading.problems)
    return reading.bundle


def inspect(folder: Path) -> tuple[Bundle | None, list[Problem]]:
    """Return the bundle, or None when there are errors, and every error and warning."""
    reading = read(folder)
    return reading.bundle, reading.problems


def vignettes(
    folder: Path, overlay: Path | None = None, min_status: MinStatus = MinStatus.ACTIVE
) -> tuple[dict[Path, Vignettes], list[Problem]]:
    """Return the vignette files of served rules by path in the folder, and their problems.

    Files of an overlay stand under their absolute path.
    """
    reading = read(folder, overlay, min_status)
    tests = [p for p in reading.problems if _is_test(p.file)]
    return reading.vignettes, tests


def read(
    folder: Path,
    overlay: Path | None = None,
    min_status: MinStatus = MinStatus.ACTIVE,
    *,
    tests: bool = True,
) -> Reading:
    """Read and check a folder, and an overlay as it lies over it.

    Args:
        folder: the rules.
        overlay: folder of what a site does differently.
        min_status: from which status on rules are served.
        tests: False to skip vignettes and advice to authors.
    """
    with paused():
        return _read(folder, overlay, min_status, tests)


def _read(folder: Path, overlay: Path | None, min_status: MinStatus, tests: bool) -> Reading:
    found, problems = find(folder)
    files, contents = _files(folder, found, tests, problems)
    lock, wrong = read_lock(folder) if tests else (None, [])
    problems += wrong
    rules, site = Rules(tuple(files), lock, min_status), None
    if overlay is not None:
        there, wrong = find_overlay(overlay, found)
        problems += wrong
        own, more = _files(overlay, there, tests, problems, str(overlay))
        contents += [(f"overlay/{file}", raw) for file, raw in more]
        # The lock knows the base as it is, not as it is changed.
        problems += _checked(rules, (versions_are_new, lock_is_current), problems)
        laid = merged(files, own)
        problems += laid.problems
        rules = Rules(laid.files, None, min_status, laid.switched_off)
        site = laid.overlay
    if files:
        problems += _checked(rules, CHECKS + (TEST_CHECKS if tests else ()), problems)
    problems = sorted(map(explained, problems))
    sound = all(problem.severity is not Severity.ERROR for problem in problems)
    if min_status is not MinStatus.ACTIVE:
        contents.append(("min-status", min_status.value.encode()))
    bundle = _bundle(rules, revision(contents), site) if sound else None
    return Reading(bundle, _vignettes(rules), problems, rules)


def _files(
    folder: Path, found: list[Found], tests: bool, problems: list[Problem], overlay: str = ""
) -> tuple[list[RuleFile], list[tuple[str, bytes]]]:
    """Read the files; return them with the content that counts for the revision."""
    files: list[RuleFile] = []
    contents: list[tuple[str, bytes]] = []
    for item in found:
        if item.kind in _TESTS and not tests:
            continue
        raw, file, wrong = _file(folder, item, overlay)
        files.append(file)
        problems += wrong
        if item.kind not in _TESTS:
            contents.append((item.file, raw))
    return files, contents


def _checked(rules: Rules, checks: Iterable[Check], known: list[Problem]) -> list[Problem]:
    """Run the checks; a value that is wrong already is not told again."""
    told = set(map(_place, known))
    return [problem for check in checks for problem in check(rules) if _place(problem) not in told]


def _place(problem: Problem) -> tuple[str, str, int, int]:
    return problem.folder, problem.file, problem.line, problem.column


def _file(folder: Path, item: Found, overlay: str) -> tuple[bytes, RuleFile, list[Problem]]:
    source, model = Source(item.file, folder=overlay), None
    try:
        raw = (folder / item.file).read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raw, problems = b"", [source.problem_at("K004", 1, 1, what)]
    else:
        source = yaml_source.read(item.file, raw, overlay)
        problems = list(source.problems)
    if source.parsed:
        model, mismatches = shape(source, item.kind.model)
        problems += mismatches
    return raw, RuleFile(item.kind, item.stem, source, model), problems


def _bundle(rules: Rules, digest: str, overlay: Overlay | None) -> Bundle:
    (_, manifest), (_, language) = next(rules.each(Manifest)), next(rules.each(Language))
    return Bundle(
        manifest=manifest,
        revision=digest,
        systems=rules.systems,
        concepts=rules.concepts,
        language=language,
        references=rules.references,
        measurements=_served(rules, Measurement),
        findings=_served(rules, Finding),
        causes=_without_switched_off(rules, _served(rules, Cause)),
        red_flags=_without_switched_off(rules, _served(rules, RedFlag)),
        orders=_served(rules, Order),
        services=_served(rules, Service),
        overlay=overlay,
        min_status=rules.min_status,
    )


def _served(rules: Rules, model: type[K]) -> dict[str, K]:
    wanted = rules.min_status.served
    return {name: rule for name, rule in rules.by_id(model).items() if rule.status in wanted}


def _without_switched_off(rules: Rules, served: dict[str, K]) -> dict[str, K]:
    off = {name for named, name in rules.switched_off if named is Named.CAUSE}
    return {name: without_causes(rule, off) if off else rule for name, rule in served.items()}


def _vignettes(rules: Rules) -> dict[Path, Vignettes]:
    served = {
        file.source.file.removesuffix(".yaml")
        for file in rules.files
        if file.kind not in _TESTS and file.status in rules.min_status.served
    }
    return {
        Path(file.source.folder).absolute() / file.source.file
        if file.source.folder
        else Path(file.source.file): tests
        for file, tests in rules.each(Vignettes)
        if file.kind is WELL or file.source.file.removesuffix(TEST_SUFFIX) in served
    }


def _is_test(file: str) -> bool:
    return file.endswith(TEST_SUFFIX) or PurePosixPath(file).parts[0] == "well"
