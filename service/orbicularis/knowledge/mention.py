"""Where rules name each other: found in the data, so that a misshapen file is heard too."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from orbicularis.knowledge.file_kind import (
    CAUSE,
    CONCEPTS,
    FINDING,
    LANGUAGE,
    MANIFEST,
    MEASUREMENT,
    ORDER,
    OVERLAY,
    RED_FLAG,
    RULES,
    SERVICE,
    TEST,
    WELL,
    FileKind,
    Named,
)
from orbicularis.knowledge.source import Steps

_Table = tuple[tuple[str, Named], ...]
"""Paths into the data: ``*`` is any item, ``**`` all text below, ``~`` any key,
``{}`` each name in braces of a text, ``|`` what stands before the bar of a text."""

_CODED = ("observation", "condition", "procedure", "medication", "draft", "family")
_SITED = ("observation", "condition", "family")
_ENTRIES = ("observations", "conditions", "procedures", "medications", "orders")
_CARRIED = ("drafts.*.medication", "drafts.*.order", "new_problems.*")
_EXPECT = "vignettes.*.expect"

_FINDING: _Table = (
    *((f"recognised_by.*.{key}.codes.*", Named.CONCEPT) for key in _CODED),
    *((f"recognised_by.*.{key}.site", Named.SITE) for key in _SITED),
    ("recognised_by.*.draft.orders.*", Named.ORDER),
    ("recognised_by.*.measurement.by.*.measurement", Named.MEASUREMENT),
    ("recognised_by.*.course.of.*", Named.FINDING),
    ("recognised_by.*.text.phrases.*.{}", Named.WORDS),
    ("recognised_by.*.text.together.*", Named.WORDS),
    ("recognised_by.*.text.without.*", Named.WORDS),
    ("recognised_by.*.combination.**", Named.FINDING),
)
_CAUSE: _Table = (
    ("known_by.*", Named.FINDING),
    ("requires.*", Named.FINDING),
    ("excluded_by.*", Named.FINDING),
    ("evidence.*.finding", Named.FINDING),
    ("evidence.*.references.*", Named.REFERENCE),
    ("workup.first.*", Named.ORDER),
    ("workup.then.*", Named.ORDER),
    ("more_general.*", Named.CAUSE),
    ("look_alikes.*", Named.CAUSE),
)
_RED_FLAG: _Table = (
    ("when.**", Named.FINDING),
    ("orders.*", Named.ORDER),
    ("points_to.*", Named.CAUSE),
)
_ORDER: _Table = (
    ("code", Named.CONCEPT),
    ("local_code", Named.CONCEPT),
    ("answers.*", Named.FINDING),
    ("satisfied_by.*", Named.CONCEPT),
)
_MEASUREMENT: _Table = (
    ("codes.*", Named.CONCEPT),
    ("corrected.measured", Named.MEASUREMENT),
    ("corrected.albumin", Named.MEASUREMENT),
    ("corrected.unreliable_with.*", Named.FINDING),
)
_OVERLAY: _Table = (
    ("switch_off.causes.~", Named.CAUSE),
    ("switch_off.red_flags.~", Named.RED_FLAG),
    ("change.findings.~", Named.FINDING),
    ("change.findings.*.thresholds.~", Named.MEASUREMENT),
    ("change.orders.~", Named.ORDER),
    ("change.orders.*.local_code", Named.CONCEPT),
)
_SERVICE: _Table = (
    ("index.*", Named.FINDING),
    ("warns_when.**", Named.FINDING),
    ("baseline.*.when.**", Named.FINDING),
    ("baseline.*.orders.*", Named.ORDER),
    ("baseline.*.tells_until.*", Named.ORDER),
    ("prefetch.*.codes_of.*", Named.MEASUREMENT),
    ("prefetch.*.code_system", Named.SYSTEM),
)
_VIGNETTES: _Table = (
    ("service", Named.SERVICE),
    *((f"vignettes.*.patient.{key}.*.code", Named.CONCEPT) for key in _ENTRIES),
    *((f"vignettes.*.{path}.code", Named.CONCEPT) for path in _CARRIED),
    (f"{_EXPECT}.first", Named.CAUSE),
    (f"{_EXPECT}.listed.*", Named.CAUSE),
    (f"{_EXPECT}.not_listed.*", Named.CAUSE),
    (f"{_EXPECT}.above.*.*", Named.CAUSE),
    (f"{_EXPECT}.band.~", Named.CAUSE),
    (f"{_EXPECT}.red_flags.*", Named.RED_FLAG),
    (f"{_EXPECT}.orders.*", Named.ORDER),
    (f"{_EXPECT}.no_orders.*", Named.ORDER),
    (f"{_EXPECT}.findings.~", Named.FINDING),
)
_TABLES: Mapping[FileKind, _Table] = {
    FINDING: _FINDING,
    CAUSE: _CAUSE,
    RED_FLAG: _RED_FLAG,
    ORDER: _ORDER,
    MEASUREMENT: _MEASUREMENT,
    OVERLAY: _OVERLAY,
    SERVICE: _SERVICE,
    TEST: _VIGNETTES,
    WELL: _VIGNETTES,
    MANIFEST: (("source_attributes.*.findings.*", Named.FINDING),),
    CONCEPTS: (("concepts.*.codes.*.system", Named.SYSTEM),),
    LANGUAGE: (
        ("answers.present_codes.*.|", Named.SYSTEM),
        ("answers.absent_codes.*.|", Named.SYSTEM),
    ),
}
_HEAD: _Table = (("references.*", Named.REFERENCE),)
_IN_BRACES = re.compile(r"\{([^{}]*)\}")

_Paths = tuple[tuple[tuple[str, ...], Named], ...]


def _compiled(kind: FileKind) -> _Paths:
    table = _TABLES.get(kind, ()) + (_HEAD if kind in RULES else ())
    return tuple((tuple(path.split(".")), named) for path, named in table)


_PATHS: dict[FileKind, _Paths] = {kind: _compiled(kind) for kind in (*_TABLES, *RULES)}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a file that names something.

    Attributes:
        named: what sort of thing.
        name: its id or key.
        steps: where in the file.
        of_key: True when it is a key of a mapping.
        listed: True when it stands in a list of its like.
    """

    named: Named
    name: str
    steps: Steps
    of_key: bool = False
    listed: bool = False


def paths(kind: FileKind) -> tuple[str, ...]:
    """Return the paths at which files of a kind name something."""
    return tuple(".".join(path) for path, _ in _PATHS.get(kind, ()))


def mentions(kind: FileKind, data: object) -> Iterator[Mention]:
    """Yield everything that the data of a file name, in no particular order."""
    for path, named in _PATHS.get(kind, ()):
        for steps, name in _follow(data, path, ()):
            yield Mention(named, name, steps, path[-1] == "~", path[-1] == "*")


def _follow(data: Any, path: tuple[str, ...], steps: Steps) -> Iterator[tuple[Steps, str]]:
    if not path:
        if isinstance(data, str):
            yield steps, data
        return
    step, rest = path[0], path[1:]
    match step:
        case "*":
            for key, part in _items(data):
                yield from _follow(part, rest, (*steps, key))
        case "**":
            yield from _leaves(data, steps)
        case "~":
            yield from (((*steps, key), key) for key in data) if isinstance(data, dict) else ()
        case "{}":
            yield from ((steps, name) for name in _names_in(data))
        case "|":
            yield from ((steps, part) for part in _before_bar(data))
        case _:
            if isinstance(data, dict) and step in data:
                yield from _follow(data[step], rest, (*steps, step))


def _items(data: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)


def _leaves(data: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(data, str):
        yield steps, data
    for key, part in _items(data):
        yield from _leaves(part, (*steps, key))


def _names_in(data: Any) -> list[str]:
    return _IN_BRACES.findall(data) if isinstance(data, str) else []


def _before_bar(data: Any) -> list[str]:
    return [data.split("|")[0]] if isinstance(data, str) and "|" in data else []
