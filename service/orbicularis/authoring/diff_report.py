"""A change of the rules as Markdown for a pull request, and as JSON for a program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from orbicularis.authoring.changes import NOTHING, Change, RuleChange, What
from orbicularis.authoring.effects import Effect, Told

_ALONE = ("language", "bundle")
"""Kinds of which a bundle has one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two bundles.

    Attributes:
        place: the folder or revision, as it was given.
        version: of the bundle.
        revision: its content hash.
    """

    place: str
    version: str
    revision: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different between two bundles.

    Attributes:
        old: the bundle before.
        new: the bundle after.
        rules: rules that were added, removed or changed.
        patients: how many patients were asked about.
        effects: those for whom something else comes out.
    """

    old: Side
    new: Side
    rules: tuple[RuleChange, ...]
    patients: int
    effects: tuple[Effect, ...]


def as_json(comparison: Comparison) -> str:
    """Return everything as an object."""
    return msgspec.json.format(msgspec.json.encode(comparison), indent=2).decode()


def as_markdown(comparison: Comparison, most: int) -> str:
    """Return GitHub-flavoured Markdown, with at most so many patients shown in full."""
    return "\n".join(_lines(comparison, most)).rstrip() + "\n"


def _lines(comparison: Comparison, most: int) -> Iterator[str]:
    yield "## What changed in the rules"
    yield ""
    yield f"{_side(comparison.old)} → {_side(comparison.new)}"
    yield ""
    yield _tally(comparison)
    yield ""
    for kind, rules in groupby(comparison.rules, key=lambda rule: rule.kind):
        yield f"### {_plural(kind).capitalize()}"
        yield ""
        for rule in rules:
            yield from _rule(rule)
    if comparison.effects:
        yield "### Patients whose outcome changes"
        yield ""
        yield from _effects(comparison.effects, most)


def _side(side: Side) -> str:
    return f"`{side.place}` ({side.version}, revision {side.revision[:12]})"


def _tally(comparison: Comparison) -> str:
    counted = Counter((rule.kind, rule.what) for rule in comparison.rules)
    parts = [
        f"{number} {kind if number == 1 else _plural(kind)} {what.value}"
        for (kind, what), number in counted.items()
    ]
    changed, all_of_them = len(comparison.effects), comparison.patients
    effects = (
        f"The outcome changes for {changed} of {all_of_them} patients."
        if changed
        else f"The outcome is the same for all {all_of_them} patients."
    )
    return f"{', '.join(parts).capitalize() or 'No rule changed'}. {effects}"


def _plural(kind: str) -> str:
    return kind if kind in _ALONE else f"{kind}s"


def _rule(rule: RuleChange) -> Iterator[str]:
    named = " ".join(part for part in (rule.title, f"(`{rule.id}`)" if rule.id else "") if part)
    yield f"**{_escaped(named) or rule.kind.capitalize()}**: {rule.what.value}"
    yield ""
    yield from (f"- {_change(change)}" for change in rule.changes)
    if rule.changes:
        yield ""


def _change(change: Change) -> str:
    named = "" if change.name == change.topic else f": {change.name}"
    head = f"{change.topic} {change.what.value}{named}"
    if change.what is What.CHANGED and (change.before or change.after):
        return _escaped(f"{head}: {change.before} → {change.after}")
    return _escaped(": ".join(part for part in (head, change.before or change.after) if part))


def _effects(effects: Sequence[Effect], most: int) -> Iterator[str]:
    for effect in effects[:most]:
        yield f"**{_escaped(effect.name)}** ({effect.source})"
        yield ""
        yield "| | before | after |"
        yield "| --- | --- | --- |"
        for name in Told.__dataclass_fields__:
            before, after = (_cell(getattr(told, name)) for told in (effect.before, effect.after))
            if before != after:
                yield f"| {name.replace('_', ' ')} | {before} | {after} |"
        yield ""
    if len(effects) > most:
        files = Counter(effect.source for effect in effects[most:])
        listed = ", ".join(f"{source} ({number})" for source, number in files.items())
        yield f"And {len(effects) - most} more: {listed}"


def _cell(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value) or NOTHING
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text of the rules may hold what Markdown takes for HTML or emphasis."""
    return text.replace("<", "&lt;").replace("*", "\\*")
