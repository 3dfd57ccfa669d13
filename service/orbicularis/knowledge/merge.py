"""Lays an overlay over the rules of a bundle: files in, files out, nothing is written.

The result is checked like any other bundle. What the overlay says is told in its own files.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import Knowledge, Status
from orbicularis.knowledge.concept import Concepts
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    ORDER,
    RED_FLAG,
    FileKind,
    Named,
)
from orbicularis.knowledge.merge_problems import merge_problems
from orbicularis.knowledge.overlay import FindingChange, OrderChange, Overlay
from orbicularis.knowledge.patched import Origin, Patch, concepts_of, criteria_of, patched
from orbicularis.knowledge.rules import RuleFile
from orbicularis.knowledge.source import Steps

K = TypeVar("K", bound=Knowledge)
_NAMES_CAUSES = ("more_general", "look_alikes", "points_to")


@dataclass(frozen=True, slots=True)
class Merged:
    """The files of a bundle under an overlay.

    Attributes:
        files: of both; changed ones of the base in their changed form.
        problems: what is wrong in how the overlay lies over the base.
        switched_off: rules that the overlay switches off.
        overlay: what ``overlay.yaml`` says; None when it is missing or misshapen.
    """

    files: tuple[RuleFile, ...]
    problems: tuple[Problem, ...] = ()
    switched_off: frozenset[tuple[Named, str]] = frozenset()
    overlay: Overlay | None = None


def merged(base: list[RuleFile], site: list[RuleFile]) -> Merged:
    """Lay the files of an overlay over those of a bundle."""
    head = next((file for file in site if isinstance(file.model, Overlay)), None)
    if head is None or not isinstance(head.model, Overlay):
        return Merged((*base, *site))
    overlay = head.model
    return Merged(
        files=tuple(_files(base, site, head, overlay)),
        problems=tuple(merge_problems(base, site, head, overlay)),
        switched_off=frozenset(
            [(Named.CAUSE, name) for name in overlay.switch_off.causes]
            + [(Named.RED_FLAG, name) for name in overlay.switch_off.red_flags]
        ),
        overlay=overlay,
    )


def _files(
    base: list[RuleFile], site: list[RuleFile], head: RuleFile, overlay: Overlay
) -> Iterator[RuleFile]:
    keys = {key: file for file in base for key in concepts_of(file)}
    patches: defaultdict[str, list[Patch]] = defaultdict(list)
    for file in site:
        for key in concepts_of(file):
            if key in keys:
                patches[keys[key].source.file] += _added_codes(file, key)
    for file in base:
        changes = [*_of_rule(file, head, overlay), *patches[file.source.file]]
        yield patched(file, changes)
    for file in site:
        yield _without_keys(file, keys)


# ---------------------------------------------------------------- changes


def _of_rule(file: RuleFile, head: RuleFile, overlay: Overlay) -> Iterator[Patch]:
    off = _switched_off(file.kind, overlay)
    if file.stem in off:
        steps = ("switch_off", off[file.stem], file.stem)
        yield Patch(("status",), Status.RETIRED.value, Origin(head.source, steps))
    if file.kind is FINDING and file.stem in overlay.change.findings:
        yield from _thresholds(file, head, overlay.change.findings[file.stem])
    if file.kind is ORDER and file.stem in overlay.change.orders:
        yield from _called(file, head, overlay.change.orders[file.stem])


def _switched_off(kind: FileKind, overlay: Overlay) -> Mapping[str, str]:
    """The rules of a kind that are switched off, with the key under which they stand."""
    if kind is CAUSE:
        return dict.fromkeys(overlay.switch_off.causes, "causes")
    return dict.fromkeys(overlay.switch_off.red_flags, "red_flags") if kind is RED_FLAG else {}


def _thresholds(file: RuleFile, head: RuleFile, change: FindingChange) -> Iterator[Patch]:
    written = head.source.data["change"]["findings"][file.stem]["thresholds"]
    for steps, measurement in criteria_of(file):
        threshold = change.thresholds.get(measurement)
        if threshold is None:
            continue
        place = ("change", "findings", file.stem, "thresholds", measurement)
        for key in ("unit", "present", "absent"):
            origin = Origin(head.source, (*place, key))
            yield Patch((*steps, key), written[measurement][key], origin)
        if not threshold.laboratory_range_decides:
            yield Patch((*steps, "laboratory_range"), None, Origin(head.source, place))


def _called(file: RuleFile, head: RuleFile, change: OrderChange) -> Iterator[Patch]:
    place = ("change", "orders", file.stem)
    if change.text is not None:
        yield Patch(("text",), change.text, Origin(head.source, (*place, "text")))
    if change.local_code is not None:
        origin = Origin(head.source, (*place, "local_code"))
        yield Patch(("local_code",), change.local_code, origin)
        if change.local_code not in file.source.data.get("satisfied_by", ()):
            yield Patch(("satisfied_by",), change.local_code, origin, added=True)


def _added_codes(file: RuleFile, key: str) -> Iterator[Patch]:
    place: Steps = ("concepts", key, "codes")
    for number, code in enumerate(file.source.data["concepts"][key]["codes"]):
        yield Patch(place, code, Origin(file.source, (*place, number)), added=True)


def without_causes(rule: K, off: Container[str]) -> K:
    """Take causes that are switched off out of the lists in which a rule names them."""
    fewer = {
        key: tuple(name for name in getattr(rule, key) if name not in off)
        for key in _NAMES_CAUSES
        if hasattr(rule, key)
    }
    return rule.model_copy(update=fewer)


def _without_keys(file: RuleFile, keys: Mapping[str, RuleFile]) -> RuleFile:
    """Leave to an overlay's table the keys that are new; the codes of others went to the base."""
    if not isinstance(file.model, Concepts):
        return file
    concepts = file.source.data["concepts"]
    data = {"concepts": {key: value for key, value in concepts.items() if key not in keys}}
    new = {key: value for key, value in file.model.concepts.items() if key not in keys}
    return replace(file, source=replace(file.source, data=data), model=Concepts(concepts=new))
