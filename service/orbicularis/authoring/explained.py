"""The explained survivors of a folder: read, and held against the changes there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orbicularis.authoring.mutants import mutants_of, name_of
from orbicularis.errors.problem import Problem
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.base import Status
from orbicularis.knowledge.file_kind import SURVIVORS
from orbicularis.knowledge.problem_codes import explained
from orbicularis.knowledge.rules import Rules
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.source import Source, Steps
from orbicularis.knowledge.suggest import remedy
from orbicularis.knowledge.survivors import Survivors

Key = tuple[str, str]
"""The rule, such as ``causes/tics``, and the name of the change."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the file says.

    Attributes:
        why: the reason for each change.
        places: where in the file each stands.
        source: the file; None when the folder has none.
        problems: what is wrong with it.
    """

    why: Mapping[Key, str] = field(default_factory=dict)
    places: Mapping[Key, Steps] = field(default_factory=dict)
    source: Source | None = None
    problems: tuple[Problem, ...] = ()


def read_explained(folder: Path, rules: Rules) -> Explained:
    """Read the file of a folder; a change that the rules do not have is a problem (K808)."""
    path = folder / SURVIVORS.path
    if not path.is_file():
        return Explained()
    source = yaml_source.read(SURVIVORS.path, path.read_bytes())
    table, mismatches = shape(source, Survivors) if source.parsed else (None, [])
    if table is None:
        return Explained(source=source, problems=_told([*source.problems, *mismatches]))
    places: dict[Key, Steps] = {}
    why: dict[Key, str] = {}
    for rule, entries in table.survivors.items():
        for at, entry in enumerate(entries):
            why[rule, entry.change] = entry.why
            places[rule, entry.change] = ("survivors", rule, at, "change")
    return Explained(why, places, source, _told(list(_in_vain(places, source, rules))))


def _told(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(map(explained, problems)))


def _in_vain(places: Mapping[Key, Steps], source: Source, rules: Rules) -> Iterator[Problem]:
    """Tell entries whose rule, or whose change of it, does not exist (any more)."""
    files = {name_of(file): file for file in rules.files if file.status is Status.ACTIVE}
    changes: dict[str, set[str]] = {}
    for (rule, change), steps in places.items():
        if rule not in files:
            what = f"there is no active rule {rule}"
            yield source.problem("K808", steps[:2], what, remedy(rule, files), of_key=True)
            continue
        if rule not in changes:
            changes[rule] = {mutant.name for mutant in mutants_of(files[rule], rules)}
        if change not in changes[rule]:
            what = f'no change of {rule} is called "{change}"'
            yield source.problem("K808", steps, what, remedy(change, changes[rule]))
