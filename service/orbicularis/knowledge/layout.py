"""Walks a bundle's folder: which file is what, and what does not belong there."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import (
    FOLDERS,
    OF_OVERLAY,
    OVERLAY,
    SINGLE,
    SURVIVORS,
    TEST,
    TEST_SUFFIX,
    FileKind,
)
from orbicularis.knowledge.suggest import remedy

_ASIDE = frozenset({"README.md", "bundle.lock", SURVIVORS.path})
_SCHEMAS = "schema/"


@dataclass(frozen=True, slots=True)
class Found:
    """A file and its kind; ``stem`` is its name without ending."""

    kind: FileKind
    stem: str
    file: str


def find(folder: Path) -> tuple[list[Found], list[Problem]]:
    """List the bundle's files, sorted by path, and what is missing or out of place."""
    return _find(folder, SINGLE, required=SINGLE)


def find_overlay(folder: Path, base: Iterable[Found]) -> tuple[list[Found], list[Problem]]:
    """List an overlay's files likewise; its tests may stand for rules of the base."""
    found, problems = _find(folder, OF_OVERLAY, required=(OVERLAY,), base=base)
    return found, [replace(problem, folder=str(folder)) for problem in problems]


def files(folder: Path) -> list[str]:
    """Return the path of every file in the folder, hidden ones left out, sorted."""
    return sorted(_walk(folder, ""))


def _find(
    folder: Path,
    singles: tuple[FileKind, ...],
    required: tuple[FileKind, ...],
    base: Iterable[Found] = (),
) -> tuple[list[Found], list[Problem]]:
    if not folder.is_dir():
        return [], [_problem("K004", ".", f"there is no folder {folder.name}")]
    found: list[Found] = []
    problems: list[Problem] = []
    for file in files(folder):
        kind = _kind(file, singles)
        if kind is not None:
            found.append(Found(kind, _stem(file, kind), file))
        elif not _beside(file):
            problems.append(_stray(file, singles))
    present = {item.file for item in found}
    for kind in required:
        if kind.path not in present:
            problems.append(_problem("K001", kind.path, f"the file {kind.path} is missing"))
    problems += _orphans(found, base)
    return found, problems


def _walk(folder: str | Path, prefix: str) -> Iterator[str]:
    """Yield every file, hidden ones left out.

    A linked folder is entered at the top alone, where Kubernetes puts links to the folders of
    a volume; further down it could lead in circles.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir() and not (prefix and entry.is_symlink()):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def _kind(file: str, singles: tuple[FileKind, ...]) -> FileKind | None:
    for kind in singles:
        if file == kind.path:
            return kind
    folder, slash, name = file.rpartition("/")
    for kind in FOLDERS:
        if folder + slash == kind.path and name.endswith(".yaml"):
            if not name.endswith(TEST_SUFFIX):
                return kind
            return TEST if kind.tested else None
    return None


def _stem(file: str, kind: FileKind) -> str:
    name = file.rpartition("/")[2]
    return name.removesuffix(TEST_SUFFIX if kind is TEST else ".yaml")


def _beside(file: str) -> bool:
    return file in _ASIDE or file.startswith(_SCHEMAS)


def _stray(file: str, singles: tuple[FileKind, ...]) -> Problem:
    known = [kind.path for kind in singles]
    folders = [kind.path.rstrip("/") for kind in FOLDERS]
    path = PurePosixPath(file)
    if path.suffix == ".yml":
        fix = f'rename it "{path.stem}.yaml"'
    elif len(path.parts) == 1:
        fix = remedy(file, known)
    elif path.parts[0] not in folders:
        fix = remedy(path.parts[0], folders)
    else:
        fix = ""
    return _problem("K002", file, f"nothing reads the file {path.name} here", fix)


def _orphans(found: list[Found], base: Iterable[Found]) -> list[Problem]:
    rules = {item.file for item in (*found, *base) if item.kind is not TEST}
    problems = []
    for item in found:
        rule = item.file.removesuffix(TEST_SUFFIX) + ".yaml"
        if item.kind is TEST and rule not in rules:
            stems = {
                PurePosixPath(other).stem
                for other in rules
                if PurePosixPath(other).parent == PurePosixPath(rule).parent
            }
            what = f"there is no rule {PurePosixPath(rule).name} beside this test"
            problems.append(_problem("K003", item.file, what, remedy(item.stem, stems)))
    return problems


def _problem(code: str, file: str, what: str, fix: str = "") -> Problem:
    return Problem(file, 1, 1, code, what, fix=fix)
