"""What changed between two bundles, rule by rule, in clinical terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from orbicularis.authoring.items import VERSION, Item, items, topic_of
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.bundle import Bundle

NOTHING = "none"
"""Said where there is nothing on one side of a change."""

_FIRST = (VERSION, "evidence", "threshold", "recognised by", "code", "setting")


class What(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a rule says now and did not before, or the other way round.

    Attributes:
        what: added, removed or changed.
        topic: evidence, threshold, recognised by, code, setting, wording, reference, version.
        name: what it is about.
        before: what was said of it; empty when it was only named, or not there.
        after: what is said of it now.
    """

    what: What
    topic: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule that was added, removed or changed.

    Attributes:
        kind: cause, red flag, finding, order ...
        id: of the rule; empty where there is only one of its kind.
        title: as a clinician says it.
        what: what became of it.
        changes: of an added rule all that it says, of a removed one nothing.
    """

    kind: str
    id: str
    title: str
    what: What
    changes: tuple[Change, ...] = ()


def changes(old: Bundle, new: Bundle) -> Iterator[RuleChange]:
    """Yield every rule that differs, kind by kind, then by id."""
    was, now = _kinds(old), _kinds(new)
    for kind, after in now.items():
        before = was[kind]
        for rule_id in sorted(before.keys() | after.keys()):
            change = _compared(kind, rule_id, before.get(rule_id), after.get(rule_id))
            if change is not None:
                yield change


def _kinds(bundle: Bundle) -> Mapping[str, Mapping[str, Knowledge]]:
    return {
        "cause": bundle.causes,
        "red flag": bundle.red_flags,
        "finding": bundle.findings,
        "order": bundle.orders,
        "measurement": bundle.measurements,
        "service": bundle.services,
        "terminology key": bundle.concepts,
        "code system": bundle.systems,
        "reference": bundle.references,
        "language": {"": bundle.language},
        "bundle": {"": bundle.manifest},
    }


def _compared(
    kind: str, rule_id: str, old: Knowledge | None, new: Knowledge | None
) -> RuleChange | None:
    if old is None or new is None:
        what = What.REMOVED if new is None else What.ADDED
        said = () if new is None else tuple(_differences((), tuple(_unusual(new))))
        return RuleChange(kind, rule_id, _title(new or old), what, said)
    if old == new:
        return None
    found = tuple(_differences(tuple(items(old)), tuple(items(new))))
    # Only the order of a list can change without any of its items.
    told = found or (Change(What.CHANGED, "setting", "the order of a list"),)
    return RuleChange(kind, rule_id, _title(new), What.CHANGED, told)


def _unusual(rule: Knowledge) -> Iterator[Item]:
    return (item for item in items(rule) if not item.usual)


def _differences(old: tuple[Item, ...], new: tuple[Item, ...]) -> list[Change]:
    before = {(item.topic, item.name): item for item in old}
    after = {(item.topic, item.name): item for item in new}
    found: list[Change] = []
    for key in dict.fromkeys((*after, *before)):
        found += _of_item(before.get(key), after.get(key))
    return sorted(found, key=lambda change: _rank(change.topic))


def _of_item(old: Item | None, new: Item | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change(What.ADDED, new.topic, new.name, after=_said(new))
    elif new is None and old is not None:
        yield Change(What.REMOVED, old.topic, old.name, before=_said(old))
    elif old is not None and new is not None:
        for part in dict.fromkeys((*new.parts, *old.parts)):
            before, after = old.parts.get(part, NOTHING), new.parts.get(part, NOTHING)
            if before != after:
                name = f"{new.name}, {part}" if part else new.name
                topic = topic_of(part, new.topic)
                yield Change(What.CHANGED, topic, name, before, after)


def _said(item: Item) -> str:
    return "; ".join(f"{part}: {text}" if part else text for part, text in item.parts.items())


def _rank(topic: str) -> int:
    return _FIRST.index(topic) if topic in _FIRST else len(_FIRST)


def _title(rule: Knowledge | None) -> str:
    for name in ("title", "preferred_term"):
        title = getattr(rule, name, None)
        if isinstance(title, str):
            return title
    return ""
