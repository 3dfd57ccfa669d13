"""Where rules name each other: found in the data, so that a misshapen file is heard too."""

from collections.abc import Mapping
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
from orbicularis.knowledge.place import READERS, Paths, Place, items, places
from orbicularis.knowledge.source import Steps

_CODED = ("observation", "condition", "procedure", "medication", "draft", "family")
_SITED = ("observation", "condition", "family")
_ENTRIES = ("observations", "conditions", "procedures", "medications", "orders")
_CARRIED = ("drafts.*.medication", "drafts.*.order", "new_problems.*")
_EXPECT = "vignettes.*.expect"

_FINDING: Paths = (
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
_CAUSE: Paths = (
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
_RED_FLAG: Paths = (
    ("when.**", Named.FINDING),
    ("orders.*", Named.ORDER),
    ("points_to.*", Named.CAUSE),
)
_ORDER: Paths = (
    ("code", Named.CONCEPT),
    ("local_code", Named.CONCEPT),
    ("answers.*", Named.FINDING),
    ("satisfied_by.*", Named.CONCEPT),
)
_MEASUREMENT: Paths = (
    ("codes.*", Named.CONCEPT),
    ("corrected.measured", Named.MEASUREMENT),
    ("corrected.albumin", Named.MEASUREMENT),
    ("corrected.unreliable_with.*", Named.FINDING),
)
_OVERLAY: Paths = (
    ("switch_off.causes.~", Named.CAUSE),
    ("switch_off.red_flags.~", Named.RED_FLAG),
    ("change.findings.~", Named.FINDING),
    ("change.findings.*.thresholds.~", Named.MEASUREMENT),
    ("change.orders.~", Named.ORDER),
    ("change.orders.*.local_code", Named.CONCEPT),
)
_SERVICE: Paths = (
    ("index.*", Named.FINDING),
    ("warns_when.**", Named.FINDING),
    ("baseline.*.when.**", Named.FINDING),
    ("baseline.*.orders.*", Named.ORDER),
    ("baseline.*.tells_until.*", Named.ORDER),
    ("prefetch.*.codes_of.*", Named.MEASUREMENT),
    ("prefetch.*.code_system", Named.SYSTEM),
)
_VIGNETTES: Paths = (
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
_TABLES: Mapping[FileKind, Paths] = {
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
_HEAD: Paths = (("references.*", Named.REFERENCE),)


def _table(kind: FileKind) -> Paths:
    return _TABLES.get(kind, ()) + (_HEAD if kind in RULES else ())


_PLACES: dict[FileKind, Place] = {kind: places(_table(kind)) for kind in (*_TABLES, *RULES)}


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


def _hear(place: Place, data: Any, steps: Steps, heard: list[Mention]) -> None:
    """Add what is named at a place and below it: one walk through the data, for all paths."""
    for way, named in place.named.items():
        if way:
            found = READERS[way](data, steps)
            heard.extend(Mention(named, name, at, way == "~") for at, name in found)
        elif isinstance(data, str):
            heard.append(Mention(named, data, steps, listed=place.listed))
    if not place.keys and place.items is None:
        return
    for key, part in items(data):
        for below in (place.keys.get(str(key)), place.items):
            if below is not None:
                _hear(below, part, (*steps, key), heard)
