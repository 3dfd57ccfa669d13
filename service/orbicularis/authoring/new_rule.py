"""Starting a rule: its files with a prompt wherever a person has to write something."""

import re
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from string import Template

from orbicularis.knowledge.checks.schema_line import schema_line
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    ORDER,
    RED_FLAG,
    SERVICE,
    TEST,
    TEST_SUFFIX,
    FileKind,
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 64


class Startable(StrEnum):
    """What a person can start a file for."""

    CAUSE = "cause"
    FINDING = "finding"
    ORDER = "order"
    RED_FLAG = "red-flag"


_KINDS = {
    Startable.CAUSE: CAUSE,
    Startable.FINDING: FINDING,
    Startable.ORDER: ORDER,
    Startable.RED_FLAG: RED_FLAG,
}


class NotStarted(Exception):
    """The rule cannot be started; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Started:
    """What was written: the rule, and the vignettes beside it."""

    rule: Path
    test: Path


def start(kind: Startable, rule_id: str, folder: Path) -> Started:
    """Write a rule with prompts, and vignettes with prompts beside it.

    Args:
        kind: what it is to be.
        rule_id: its id, which is the name of its files too.
        folder: the rules.

    Raises:
        NotStarted: the id is none or taken, or the folder holds no rules.
    """
    if not (folder / "bundle.yaml").is_file():
        raise NotStarted(f"{folder} holds no rules: there is no bundle.yaml in it")
    if not _ID.fullmatch(rule_id) or len(rule_id) > _LONGEST:
        raise NotStarted(
            f'"{rule_id}" is not an id: write lower-case letters and digits, with single hyphens '
            f"between words, at most {_LONGEST} characters, such as some-{kind.value}"
        )
    place = _KINDS[kind].path
    started = Started(folder / place / f"{rule_id}.yaml", folder / place / (rule_id + TEST_SUFFIX))
    for path in (started.rule, started.test):
        if path.exists():
            raise NotStarted(f"there is {path} already: edit it, or choose another id")
    started.rule.parent.mkdir(exist_ok=True)
    words = {"id": rule_id, "service": _service(folder)}
    _write(started.rule, _KINDS[kind], f"{kind.value}.yaml", folder, words)
    _write(started.test, TEST, f"{kind.value}{TEST_SUFFIX}", folder, words)
    return started


def _write(path: Path, kind: FileKind, name: str, folder: Path, words: dict[str, str]) -> None:
    """Write a file once; a file that somebody made in between is left as it is."""
    template = files(__package__).joinpath("templates", name).read_text("utf-8")
    head = schema_line(kind, path.relative_to(folder).as_posix())
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(f"{head}\n{Template(template).substitute(words)}")


def _service(folder: Path) -> str:
    """The only service there is, or a prompt that names them all."""
    ids = sorted(path.stem for path in (folder / SERVICE.path).glob("*.yaml"))
    return ids[0] if len(ids) == 1 else f"<choose {' or '.join(ids) or 'the id of a service'}>"
