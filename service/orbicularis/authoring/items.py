"""What a rule says, item by item, in clinical terms: the things that a change can touch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from orbicularis.authoring.said import COMBINATIONS, fields_said, label, range_said, said
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.cause import Cause, Evidence
from orbicularis.knowledge.concept import Code, Concept
from orbicularis.knowledge.finding import (
    Criterion,
    Finding,
    MeasurementPattern,
    Range,
    Recogniser,
    TextPattern,
)
from orbicularis.knowledge.measurement import Measurement

WORDING, REFERENCE, VERSION = "wording", "reference", "version"

_TOPICS = {
    **dict.fromkeys(("references", "citation", "doi", "pmid", "url"), REFERENCE),
    **dict.fromkeys(("version", "reviewed", "review", "status", "released", "revised"), VERSION),
    **dict.fromkeys(
        (
            "title", "phrase", "reason", "advice", "settled_by", "summary", "action", "text",
            "purpose", "description", "usage_requirements", "wording", "known_misses",
            "known_false_positives", "override_reasons", "source_label", "preferred_term",
        ),
        WORDING,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a rule says.

    Attributes:
        topic: evidence, threshold, code, wording ...
        name: what it is about; with the topic it names the item within its rule.
        parts: what is said of it, by name; the name is empty where there is one thing only.
        usual: True when it says no more than leaving it out would.
    """

    topic: str
    name: str
    parts: Mapping[str, str] = field(default_factory=dict)
    usual: bool = False


def items(rule: Knowledge) -> Iterator[Item]:
    """Yield everything that a rule says; what has a name already gets a number too."""
    seen: Counter[tuple[str, str]] = Counter()
    for item in _items(rule):
        seen[item.topic, item.name] += 1
        number = seen[item.topic, item.name]
        yield item if number == 1 else replace(item, name=f"{item.name} ({number})")


def _items(rule: Knowledge) -> Iterator[Item]:
    apart = "id"
    if isinstance(rule, Cause):
        apart = "evidence"
        yield from map(_evidence, rule.evidence)
    elif isinstance(rule, Finding):
        apart = "recognised_by"
        yield from (item for by in rule.recognised_by for item in _recognised(by))
    elif isinstance(rule, Concept):
        apart = "codes"
        yield from _codes(rule.codes)
    yield from _fields(rule, "", None, ("id", apart))


def topic_of(part: str, topic: str) -> str:
    """The topic of one part of an item: the reason of a line of evidence is wording."""
    return _TOPICS.get(part, topic)


def _evidence(line: Evidence) -> Item:
    parts = {
        "strength": f"{'for' if line.supports else 'against'}, {line.strength.value}",
        "defines": "yes" if line.defines else "",
        "group": line.group or "",
        "reason": said(line.reason),
        "references": said(line.references),
    }
    given = {name: text for name, text in parts.items() if text}
    return Item("evidence", f"`{line.finding}` {line.when.value}", given)


def _recognised(by: Recogniser) -> Iterator[Item]:
    kind = next(name for name in type(by).model_fields if getattr(by, name) is not None)
    pattern = getattr(by, kind)
    if isinstance(pattern, MeasurementPattern):
        yield from map(_threshold, pattern.by)
        limit = said(pattern.overrules_within)
        yield Item("recognised by", "newer results overrule within", {"": limit}, usual=True)
    elif isinstance(pattern, TextPattern):
        yield from (Item("recognised by", f'text "{phrase}"') for phrase in pattern.phrases)
        if rest := fields_said(pattern, ("phrases",)):
            yield Item("recognised by", f"text {rest}")
    elif isinstance(pattern, Knowledge) and not isinstance(pattern, COMBINATIONS):
        yield from _coded(kind, pattern)
    else:
        yield Item("recognised by", f"{kind} {said(pattern)}")


def _coded(kind: str, pattern: Knowledge) -> Iterator[Item]:
    """Yield each key by itself, so that one that is added stands alone."""
    codes: tuple[str, ...] = getattr(pattern, "codes", ())
    rest = fields_said(pattern, ("codes",))
    ending = f" ({rest})" if rest else ""
    if not codes:
        yield Item("recognised by", f"{kind}{ending}")
    yield from (Item("recognised by", f"{kind} `{key}`{ending}") for key in codes)


def _threshold(criterion: Criterion) -> Item:
    parts = {
        "present": range_said(criterion.present, criterion.unit),
        "absent": range_said(criterion.absent, criterion.unit),
    }
    if criterion.laboratory_range is not None:
        parts["laboratory's own range"] = criterion.laboratory_range.value
    return Item("threshold", f"`{criterion.measurement}`", parts)


def _codes(codes: Iterable[Code]) -> Iterator[Item]:
    """Yield each code, and the first one: that is the one that is written and sent."""
    for number, code in enumerate(codes):
        parts = {"display": code.display, "verified in": code.verified_in}
        if code.recognition_only:
            parts["use"] = "for recognition only"
        yield Item("code", f"{code.system} {code.code}", parts)
        if number == 0:
            yield Item("code", "the first one", {"": f"{code.system} {code.code}"}, usual=True)


def _fields(
    model: Knowledge, prefix: str, topic: str | None, leave_out: tuple[str, ...] = ()
) -> Iterator[Item]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name in leave_out or value is None or value == () or value == {}:
            continue
        about = topic or _TOPICS.get(name) or ("threshold" if _is_limit(model, name) else "setting")
        usual = value == info.get_default(call_default_factory=True, validated_data={})
        yield from _of_value(value, f"{prefix} {label(name)}".strip(), about, usual)


def _of_value(value: object, name: str, topic: str, usual: bool) -> Iterator[Item]:
    if isinstance(value, tuple):
        head = "" if topic == REFERENCE else f"{name}: "
        yield from (Item(topic, f"{head}{said(entry)}") for entry in value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _of_value(part, f"{name} `{key}`", topic, usual)
    elif isinstance(value, Knowledge) and not isinstance(value, (*COMBINATIONS, Range)):
        yield from _fields(value, name, None if topic == "setting" else topic)
    else:
        yield Item(topic, name, {"": said(value)}, usual)


def _is_limit(model: Knowledge, name: str) -> bool:
    return isinstance(model, Measurement) and name == "plausible"
