"""Sample patients: worked examples of the package, and the vignettes of the served rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from orbicularis.authoring.vignettes import NOW
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import KnowledgeFile
from orbicularis.knowledge.file_kind import CAUSE, RED_FLAG, WELL, FileKind
from orbicularis.knowledge.vignette import Vignette, Vignettes
from orbicularis.knowledge.vignette_file import vignettes_beside, well_vignettes
from orbicularis.pages.examples import fits
from orbicularis.pages.words import sentence, words
from orbicularis.web.workbench.sample_request import request_of
from orbicularis.web.workbench.worked import SEEN, worked

WORKED = "worked"
FIRST = f"{WORKED}/hypoparathyroidism"
"""What the page begins with, where it suits the rules."""
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample patient.

    Attributes:
        path: by which it is asked for.
        title: what makes the case.
        why: why it matters, where that is told.
    """

    path: str
    title: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Sample patients of one cause, red flag or other place."""

    title: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Groups of one kind."""

    title: str
    groups: tuple[Group, ...]


class Samples:
    """The sample patients of one engine; files are read when somebody looks for them."""

    def __init__(self, engine: Engine, folders: Iterable[Path]) -> None:
        """Keep the way to the files.

        Args:
            engine: whose rules they are for.
            folders: where vignettes stand; the first that has a file counts.
        """
        self._engine = engine
        self._folders = tuple(folders)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All of them, by kind and rule."""
        bundle = self._engine.bundle
        parts = (
            Part("Worked examples", tuple(self._of_package())),
            Part("Causes", tuple(self._of_rules(CAUSE, bundle.causes))),
            Part("Red flags", tuple(self._of_rules(RED_FLAG, bundle.red_flags))),
            Part("Nothing to say", tuple(self._well())),
        )
        return tuple(part for part in parts if part.groups)

    def find(self, path: str) -> dict[str, Any] | None:
        """One of them as a request, with title, service and time; None when there is none."""
        place, _, name = path.rpartition("/")
        if place == WORKED:
            return self._worked_sample(name) if name in self._worked else None
        group = self._group(place)
        if group is None or not _NUMBER.fullmatch(name) or int(name) >= len(group.vignettes):
            return None
        vignette = group.vignettes[int(name)]
        bundle = self._engine.bundle
        if group.service not in bundle.services or not fits(vignette, group.service, bundle):
            return None
        request = request_of(vignette, bundle.services[group.service], self._engine)
        return _sent(self._title(place, vignette.name), group.service, NOW, request)

    def _worked_sample(self, name: str) -> dict[str, Any]:
        return _sent(sentence(words(name)), self._service, SEEN, self._worked[name])

    def _title(self, place: str, name: str) -> str:
        folder, _, key = place.rpartition("/")
        bundle = self._engine.bundle
        rules: Mapping[str, Mapping[str, KnowledgeFile]] = {
            CAUSE.path: bundle.causes,
            RED_FLAG.path: bundle.red_flags,
        }
        rule = rules.get(f"{folder}/", {}).get(key)
        return f"{rule.title if rule else sentence(words(key))}: {name}"

    @property
    def first(self) -> dict[str, Any] | None:
        """What the page begins with: a worked example, else the first vignette; None without."""
        paths = (one.path for part in self.parts for group in part.groups for one in group.samples)
        return self.find(FIRST) or next(filter(None, map(self.find, paths)), None)

    @property
    def _service(self) -> str:
        return next(iter(self._engine.bundle.services))

    @cached_property
    def _worked(self) -> Mapping[str, dict[str, Any]]:
        return worked(self._engine, self._service)

    def _of_package(self) -> Iterator[Group]:
        found = [Sample(f"{WORKED}/{name}", sentence(words(name))) for name in self._worked]
        if found:
            yield Group("Whole requests", tuple(found))

    def _of_rules(self, kind: FileKind, rules: Mapping[str, KnowledgeFile]) -> Iterator[Group]:
        for rule in sorted(rules.values(), key=lambda rule: (rule.title.casefold(), rule.id)):
            found = tuple(self._in(f"{kind.path}{rule.id}"))
            if found:
                yield Group(rule.title, found)

    def _well(self) -> Iterator[Group]:
        names = {path.stem for folder in self._folders for path in (folder / "well").glob("*.yaml")}
        for name in sorted(names):
            found = tuple(self._in(f"{WELL.path}{name}"))
            if found:
                yield Group(sentence(words(name)), found)

    def _in(self, place: str) -> Iterator[Sample]:
        group = self._group(place)
        if group is None or group.service not in self._engine.bundle.services:
            return
        for number, vignette in enumerate(group.vignettes):
            if fits(vignette, group.service, self._engine.bundle):
                yield _sample(f"{place}/{number}", vignette)

    def _group(self, place: str) -> Vignettes | None:
        """The vignettes of a rule, or of a file of well patients; of no other path."""
        folder, _, key = place.rpartition("/")
        if not key.replace("-", "").isalnum():
            return None
        for root in self._folders:
            if f"{folder}/" == WELL.path:
                found = well_vignettes(root, key)
            elif f"{folder}/" in (CAUSE.path, RED_FLAG.path):
                found = vignettes_beside(root, place)
            else:
                return None
            if found is not None:
                return found
        return None


def _sample(path: str, vignette: Vignette) -> Sample:
    return Sample(path, sentence(vignette.name), vignette.why)


def _sent(title: str, service: str, now: datetime, request: dict[str, Any]) -> dict[str, Any]:
    told = now.isoformat().replace("+00:00", "Z")
    return {"title": title, "service": service, "now": told, "request": request}
