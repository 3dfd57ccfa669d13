"""All vignettes of a rules folder as cases to run, and what came of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from orbicularis.authoring.coverage import Coverage, Covered
from orbicularis.authoring.difference import Difference
from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.vignette import Vignette, Vignettes


@dataclass(frozen=True, slots=True)
class Case:
    """One vignette and where it stands: its file in the folder, and its number there."""

    file: Path
    number: int
    service: str
    vignette: Vignette


class Blame(StrEnum):
    """What an overlay has to do with a difference."""

    NONE = "none"
    OVERLAY = "overlay"
    MEANT = "meant"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case; no differences means that it passed.

    Attributes:
        case: the vignette.
        line: where it begins in its file, when something differs.
        differences: the points in which the answer is not what was expected.
        cards: indicator and summary of each card.
        overlay: whether something differs because of an overlay, and whether that is meant.
    """

    case: Case
    line: int | None
    differences: tuple[Difference, ...]
    cards: tuple[str, ...]
    overlay: Blame = Blame.NONE

    @property
    def failed(self) -> bool:
        """True when something differs that is not meant to."""
        return bool(self.differences) and self.overlay is not Blame.MEANT


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all cases that were run.

    Attributes:
        results: one for each case, in the order of the files.
        rows: coverage of each rule; None when only some of the cases were run.
    """

    results: tuple[Result, ...]
    rows: tuple[Covered, ...] | None

    @property
    def failed(self) -> list[Result]:
        """Cases in which something differs that is not meant to."""
        return [result for result in self.results if result.failed]

    @property
    def meant(self) -> list[Result]:
        """Cases of the base that come out otherwise because an overlay means them to."""
        return [result for result in self.results if result.overlay is Blame.MEANT]


def cases(files: Mapping[Path, Vignettes], only: str = "") -> list[Case]:
    """List every vignette of the files whose path contains ``only``, sorted by path."""
    return [
        Case(path, number, group.service, vignette)
        for path, group in sorted(files.items())
        if only in path.as_posix()
        for number, vignette in enumerate(group.vignettes)
    ]


def ran(
    cases: Iterable[Case], engine: Engine, folder: Path, coverage: Coverage
) -> Iterator[Result]:
    """Run the cases one by one, and add what each has seen to the coverage."""
    for case in cases:
        outcome = run(case.vignette, case.service, engine)
        coverage.add(outcome)
        cards = tuple(f"{card.indicator}: {card.summary}" for card in outcome.answer.cards)
        line = _line(folder, case) if outcome.differences else None
        yield Result(case, line, outcome.differences, cards)


def _line(folder: Path, case: Case) -> int:
    source = yaml_source.read(case.file.name, (folder / case.file).read_bytes())
    return source.place(("vignettes", case.number))[0]
