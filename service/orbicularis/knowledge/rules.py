"""Everything that was read of a bundle, before it is known to be sound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import CONSENSUS, Knowledge, Status
from orbicularis.knowledge.concept import Concept, Concepts, System, Systems
from orbicularis.knowledge.file_kind import (
    CONCEPTS,
    LANGUAGE,
    REFERENCES,
    SYSTEMS,
    FileKind,
    Named,
)
from orbicularis.knowledge.lock import LockFile
from orbicularis.knowledge.mention import Mention, mentions
from orbicularis.knowledge.reference import Reference, References
from orbicularis.knowledge.source import Source, Steps
from orbicularis.knowledge.status import MinStatus

M = TypeVar("M", bound=Knowledge)
_STATUSES = {status.value: status for status in Status}

_TABLES = {
    Named.REFERENCE: (REFERENCES, "references"),
    Named.CONCEPT: (CONCEPTS, "concepts"),
    Named.WORDS: (LANGUAGE, "words"),
    Named.SITE: (LANGUAGE, "sites"),
    Named.SYSTEM: (SYSTEMS, "systems"),
}


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file: its kind, its stem, its source, and its model when the shape is right."""

    kind: FileKind
    stem: str
    source: Source
    model: Knowledge | None

    @property
    def status(self) -> Status | None:
        """Its release state; None when the file has none or cannot be read."""
        data = self.source.data
        value = data.get("status") if isinstance(data, dict) else None
        return _STATUSES.get(value) if isinstance(value, str) else None

    @property
    def id(self) -> str:
        """The id it gives itself, else its stem."""
        data = self.source.data
        given = data.get("id") if isinstance(data, dict) else None
        return given if isinstance(given, str) else self.stem

    def problem(
        self, code: str, steps: Steps, what: str, fix: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return a problem at a value of this file, or at its key."""
        return self.source.problem(code, steps, what, fix, of_key=of_key)


@dataclass(frozen=True)
class Rules:
    """All files of a bundle, drafts, retired rules and broken files included.

    Attributes:
        files: sorted by path.
        lock: versions and contents as they were set down; None when that was not read.
        min_status: from which status on a rule is served.
        switched_off: rules that an overlay switches off.
    """

    files: tuple[RuleFile, ...]
    lock: LockFile | None = None
    min_status: MinStatus = MinStatus.ACTIVE
    switched_off: frozenset[tuple[Named, str]] = frozenset()

    def serves(self, file: RuleFile) -> bool:
        """Tell whether a rule is served; one that is too broken to tell counts as served."""
        return file.status is None or file.status in self.min_status.served

    def each(self, model: type[M]) -> Iterator[tuple[RuleFile, M]]:
        """Yield every well-shaped file of a type with its model."""
        for file in self._by_model.get(model, ()):
            if isinstance(file.model, model):
                yield file, file.model

    def by_id(self, model: type[M]) -> dict[str, M]:
        """Return the well-shaped rules of a type by their file's stem."""
        return {file.stem: rule for file, rule in self.each(model)}

    @cached_property
    def _by_model(self) -> Mapping[type[Knowledge], list[RuleFile]]:
        files: dict[type[Knowledge], list[RuleFile]] = {}
        for file in self.files:
            if file.model is not None:
                files.setdefault(type(file.model), []).append(file)
        return files

    @cached_property
    def mentions(self) -> tuple[tuple[RuleFile, Mention], ...]:
        """Everything that names something, with the file in which it stands."""
        return tuple(
            (file, mention)
            for file in self.files
            for mention in mentions(file.kind, file.source.data)
        )

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """The terminology table, as far as its files are well-shaped."""
        return {key: c for _, file in self.each(Concepts) for key, c in file.concepts.items()}

    @cached_property
    def systems(self) -> Mapping[str, System]:
        """The code systems, as far as their files are well-shaped; the first of a key counts."""
        tables = [file.systems for _, file in self.each(Systems)]
        return {key: system for table in reversed(tables) for key, system in table.items()}

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """The literature, as far as its files are well-shaped."""
        return {key: r for _, file in self.each(References) for key, r in file.references.items()}

    @cached_property
    def known(self) -> Mapping[Named, frozenset[str] | None]:
        """Return what can be named; None where a file is too broken to tell."""
        return {named: self._known(named) for named in Named}

    def _known(self, named: Named) -> frozenset[str] | None:
        if named not in _TABLES:
            files = [file for file in self.files if file.kind.named is named]
            return frozenset(name for file in files for name in (file.stem, file.id))
        kind, key = _TABLES[named]
        names: set[str] = {CONSENSUS} if named is Named.REFERENCE else set()
        tables = [file for file in self.files if file.kind is kind]
        for file in tables:
            table = file.source.data.get(key) if isinstance(file.source.data, dict) else None
            if not isinstance(table, dict):
                return None
            names.update(table)
        return frozenset(names) if tables else None
