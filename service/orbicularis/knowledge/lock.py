"""``bundle.lock``: the version and content of every rule as they were last set down.

A rule's content may only change together with its version, so that a version names one
content for ever. The lock is what makes a change without a new version visible.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from pydantic import Field, StringConstraints

from orbicularis.errors.problem import Problem
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.source import Source

NAME = "bundle.lock"
_HEAD = """\
# The version and content of every rule that is active or retired. Written by
# `orbicularis lock`, never by hand. Two branches that change one rule meet here: give the
# merged rule a new version, then run the command again.
format: 1
rules:
"""
_ASIDE = frozenset({"version", "reviewed"})

Content = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
"""SHA-256 of a rule's content, in hex."""


class Locked(Knowledge):
    """One rule as it was set down."""

    version: Annotated[int, Field(ge=1)]
    content: Content


class Lock(Knowledge):
    """The whole file; rules by kind of folder and id, such as ``causes/tics``."""

    format: Literal[1]
    rules: dict[str, Locked]


@dataclass(frozen=True, slots=True)
class LockFile:
    """The lock of a folder, with its source, to say where something stands."""

    source: Source
    lock: Lock


def content_of(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a rule says, in hex.

    Comments, layout, quotes and the order of keys do not count, nor does ``2.0`` for ``2``;
    nor do the version itself, and the day of review, because a review that changes nothing
    makes no new version.
    """
    said = {key: _canonical(value) for key, value in data.items() if key not in _ASIDE}
    return sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _canonical(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_canonical(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def read_lock(folder: Path) -> tuple[LockFile | None, list[Problem]]:
    """Return a folder's lock, None when it has none or a broken one, and what is wrong."""
    path = folder / NAME
    if not path.is_file():
        return None, []
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        return None, [Problem(NAME, 1, 1, "K004", what)]
    source = yaml_source.read(NAME, raw)
    if not source.parsed:
        return None, list(source.problems)
    lock, mismatches = shape(source, Lock)
    problems = [*source.problems, *mismatches]
    return (LockFile(source, lock) if lock is not None and not problems else None), problems


def lock_text(rules: Iterable[tuple[str, Locked]]) -> str:
    """Return the file's text: one line for each rule, sorted, so that branches merge."""
    lines = [
        f'  {name}: {{version: {locked.version}, content: "{locked.content}"}}\n'
        for name, locked in sorted(rules)
    ]
    return _HEAD + ("".join(lines) if lines else "  {}\n")
