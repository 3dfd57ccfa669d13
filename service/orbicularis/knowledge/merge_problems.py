"""What is wrong in how an overlay lies over a bundle, told in the overlay's files."""

from collections.abc import Iterator, Mapping
from typing import Any

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.bundle import Manifest
from orbicularis.knowledge.file_kind import FINDING, RED_FLAG, REFERENCES, RULES, SYSTEMS, FileKind
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.overlay import Overlay
from orbicularis.knowledge.patched import concepts_of, criteria_of
from orbicularis.knowledge.rules import RuleFile
from orbicularis.knowledge.suggest import remedy
from orbicularis.knowledge.vignette import Vignettes

_TABLES = {REFERENCES: "references", SYSTEMS: "systems"}
_Rules = Mapping[tuple[FileKind, str], RuleFile]


def merge_problems(
    base: list[RuleFile], site: list[RuleFile], head: RuleFile, overlay: Overlay
) -> Iterator[Problem]:
    """Yield every point in which the overlay does not fit the bundle.

    Args:
        base: files of the bundle.
        site: files of the overlay.
        head: ``overlay.yaml``.
        overlay: what stands in it.
    """
    rules = {(file.kind, file.stem): file for file in base}
    yield from _of_another_base(head, overlay, base)
    yield from _there_already(site, rules)
    yield from _tables_disagree(site, base)
    yield from _flags_off(head, overlay, base)
    yield from _unknown_thresholds(head, overlay, rules)
    yield from _unknown_vignettes(head, overlay, base)


def _of_another_base(head: RuleFile, overlay: Overlay, base: list[RuleFile]) -> Iterator[Problem]:
    for file in base:
        if isinstance(file.model, Manifest) and file.model.name != overlay.base:
            what = f'the overlay is made for "{overlay.base}", and this is "{file.model.name}"'
            yield head.problem("K010", ("base",), what)


def _there_already(site: list[RuleFile], rules: _Rules) -> Iterator[Problem]:
    for file in site:
        if file.kind in RULES and (file.kind, file.stem) in rules:
            what = f'the base has the {file.kind.named} "{file.stem}" already'
            yield file.problem("K011", (), what)


def _tables_disagree(site: list[RuleFile], base: list[RuleFile]) -> Iterator[Problem]:
    for file in site:
        key = _TABLES.get(file.kind)
        mine = _table(file, key) if key else {}
        for other in base:
            if key and other.kind is file.kind:
                for name in mine.keys() & _table(other, key).keys():
                    what = f'the base has "{name}" already'
                    yield file.problem("K011", (key, name), what, of_key=True)
        for name, concept in concepts_of(file).items():
            terms = [concepts_of(other)[name] for other in base if name in concepts_of(other)]
            if any(term.preferred_term != concept.preferred_term for term in terms):
                what = f'the base calls "{name}": {terms[0].preferred_term}'
                steps = ("concepts", name, "preferred_term")
                yield file.problem("K012", steps, what)


def _flags_off(head: RuleFile, overlay: Overlay, base: list[RuleFile]) -> Iterator[Problem]:
    there = {file.stem for file in base if file.kind is RED_FLAG}
    for name in overlay.switch_off.red_flags.keys() & there:
        steps = ("switch_off", "red_flags", name)
        yield head.problem("K013", steps, f'the red flag "{name}" is switched off', of_key=True)


def _unknown_thresholds(head: RuleFile, overlay: Overlay, rules: _Rules) -> Iterator[Problem]:
    for name, change in overlay.change.findings.items():
        file = rules.get((FINDING, name))
        if file is None or not isinstance(file.model, Finding):
            continue
        known = [measurement for _, measurement in criteria_of(file)]
        for measurement in change.thresholds:
            if measurement not in known:
                what = f'the finding "{name}" has no threshold of "{measurement}"'
                steps = ("change", "findings", name, "thresholds", measurement)
                yield head.problem("K014", steps, what, remedy(measurement, known), of_key=True)


def _unknown_vignettes(head: RuleFile, overlay: Overlay, base: list[RuleFile]) -> Iterator[Problem]:
    tests = {file.source.file: file.model for file in base if isinstance(file.model, Vignettes)}
    if not tests:
        return  # they are not read for serving
    for path, names in overlay.other_outcomes.items():
        there = [vignette.name for vignette in tests[path].vignettes] if path in tests else []
        for number, name in enumerate(names):
            if name not in there:
                what = f'the base has no vignette "{name}" in {path}'
                steps = ("other_outcomes", path, number)
                yield head.problem("K015", steps, what, remedy(name, there))


def _table(file: RuleFile, key: str) -> Mapping[str, Any]:
    return getattr(file.model, key) if file.model is not None else {}
