"""Where rules name each other: found in the data, so that a misshapen file is heard too."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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


def _items(data: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()


_Found = Iterator[tuple[Steps, str]]


def _leaves(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str):
        yield steps, data
    for key, part in _items(data):
        yield from _leaves(part, (*steps, key))


def _keys(data: Any, steps: Steps) -> _Found:
    if isinstance(data, dict):
        yield from (((*steps, key), key) for key in data)


def _in_braces(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str):
        yield from ((steps, name) for name in _IN_BRACES.findall(data))


def _before_bar(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str) and "|" in data:
        yield steps, data.split("|")[0]


_READERS: Mapping[str, Callable[[Any, Steps], _Found]] = {
    "**": _leaves,
    "~": _keys,
    "{}": _in_braces,
    "|": _before_bar,
}


@dataclass(slots=True)
class _Place:
    """A place in the data, as all paths that lead to it or through it see it.

    Attributes:
        named: what is named here, by the last step of the path: empty for its whole text.
        listed: True when it is any item of what holds it.
        keys: places below it, by their keys.
        items: the place of any item below it.
    """

    named: dict[str, Named] = field(default_factory=dict)
    listed: bool = False
    keys: dict[str, "_Place"] = field(default_factory=dict)
    items: "_Place | None" = None

    def below(self, step: str) -> "_Place":
        """The place one step down, made when no path went there before."""
        if step != "*":
            return self.keys.setdefault(step, _Place())
        self.items = self.items or _Place(listed=True)
        return self.items


def _table(kind: FileKind) -> _Table:
    return _TABLES.get(kind, ()) + (_HEAD if kind in RULES else ())


def _compiled(kind: FileKind) -> _Place:
    root = _Place()
    for path, named in _table(kind):
        *steps, last = path.split(".")
        place = root
        for step in steps:
            place = place.below(step)
        if last in _READERS:
            place.named[last] = named
        else:
            place.below(last).named[""] = named
    return root


_PLACES: dict[FileKind, _Place] = {kind: _compiled(kind) for kind in (*_TABLES, *RULES)}


class Mention(NamedTuple):
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
    return tuple(path for path, _ in _table(kind))


def mentions(kind: FileKind, data: object) -> list[Mention]:
    """Return everything that the data of a file name, in no particular order."""
    heard: list[Mention] = []
    if kind in _PLACES:
        _hear(_PLACES[kind], data, (), heard)
    return heard


def _hear(place: _Place, data: Any, steps: Steps, heard: list[Mention]) -> None:
    """Add what is named at a place and below it: one walk through the data, for all paths."""
    for way, named in place.named.items():
        if way:
            found = _READERS[way](data, steps)
            heard.extend(Mention(named, name, at, way == "~") for at, name in found)
        elif isinstance(data, str):
            heard.append(Mention(named, data, steps, listed=place.listed))
    if not place.keys and place.items is None:
        return
    for key, part in _items(data):
        for below in (place.keys.get(str(key)), place.items):
            if below is not None:
                _hear(below, part, (*steps, key), heard)
