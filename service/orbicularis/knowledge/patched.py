"""A file of the base as an overlay changes it: what is changed is told where it was written."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.concept import Concept, Concepts
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.rules import RuleFile
from orbicularis.knowledge.shape import shape
from orbicularis.knowledge.source import Source, Steps


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the overlay something was written."""

    source: Source
    steps: Steps


@dataclass(frozen=True, slots=True)
class Patch:
    """One value that is put in the place of another, or added to a list.

    Attributes:
        steps: keys and indices that lead to the value in the base's file.
        value: what stands there now; None takes a key away.
        origin: where the overlay says so.
        added: True to add the value to the list at these steps.
    """

    steps: Steps
    value: Any
    origin: Origin
    added: bool = False


@dataclass(slots=True)
class PatchedSource(Source):
    """A source of which some values were written elsewhere.

    Attributes:
        origins: where, by the steps in this file's data.
    """

    origins: dict[Steps, Origin] = field(default_factory=dict)

    def problem(
        self, code: str, steps: Steps, what: str, fix: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return a problem at a value: in the overlay, where that was written there."""
        for length in range(len(steps), 0, -1):
            origin = self.origins.get(steps[:length])
            if origin is not None:
                rest = (*origin.steps, *steps[length:])
                return origin.source.problem(code, rest, what, fix, of_key=of_key)
        # Not super(): a dataclass with slots is another class than the one that was written.
        return Source.problem(self, code, steps, what, fix, of_key=of_key)


def patched(file: RuleFile, patches: list[Patch]) -> RuleFile:
    """Return the file with its changes; a misshapen one stays as it is."""
    if file.model is None or not patches:
        return file
    before = file.source
    source = PatchedSource(
        file=before.file,
        text=before.text,
        parsed=before.parsed,
        data=deepcopy(before.data),
        problems=before.problems,
        faults=before.faults,
        dates=before.dates,
        folder=before.folder,
    )
    for patch in patches:
        source.origins[_put(source.data, patch)] = patch.origin
    model, _ = shape(source, file.kind.model)
    return replace(file, source=source, model=model)


def _put(data: Any, patch: Patch) -> Steps:
    """Change the data; return the steps that lead to the value now."""
    holder = data
    for step in patch.steps[:-1]:
        holder = holder[step]
    last = patch.steps[-1]
    if patch.added:
        values = holder.setdefault(last, [])
        values.append(patch.value)
        return (*patch.steps, len(values) - 1)
    if patch.value is None:
        holder.pop(last, None)
    else:
        holder[last] = patch.value
    return patch.steps


def criteria_of(file: RuleFile) -> Iterator[tuple[Steps, str]]:
    """Yield the steps and the measurement of every criterion of a finding."""
    if not isinstance(file.model, Finding):
        return
    for at, by in enumerate(file.model.recognised_by):
        for number, criterion in enumerate(by.measurement.by if by.measurement else ()):
            steps = ("recognised_by", at, "measurement", "by", number)
            yield steps, criterion.measurement


def concepts_of(file: RuleFile) -> Mapping[str, Concept]:
    """The keys of a terminology file; none of any other."""
    return file.model.concepts if isinstance(file.model, Concepts) else {}
