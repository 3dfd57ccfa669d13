"""Vignettes run through the real engine, to show what a rule looks like as a card."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from orbicularis.authoring.vignettes import Outcome, run
from orbicularis.cards.card import Card
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    ORDER,
    RED_FLAG,
    TEST,
    FileKind,
    Named,
)
from orbicularis.knowledge.mention import mentions
from orbicularis.knowledge.vignette import Vignette
from orbicularis.knowledge.vignette_file import vignettes_beside
from orbicularis.pages.uses import Rule


@dataclass(frozen=True, slots=True)
class Example:
    """One vignette and what came of it, without the chart.

    Attributes:
        vignette: the small patient.
        service: id of the service that was asked.
        as_expected: True when nothing differs from what it expects.
        cards: what a clinician would see.
        shows: the rules that it shows: causes listed, red flags fired, orders proposed and
            findings present.
        leads: those of them that lead a card.
    """

    vignette: Vignette
    service: str
    as_expected: bool
    cards: tuple[Card, ...]
    shows: frozenset[Rule]
    leads: frozenset[Rule]


class Examples:
    """The vignettes of a folder, run on the engine that is being shown."""

    def __init__(self, engine: Engine, folders: Iterable[Path], kept: int) -> None:
        """Keep the way to the files; nothing is read yet.

        Args:
            engine: answers for the vignettes.
            folders: where vignettes stand; the first that has a file counts.
            kept: of how many files the outcome is kept.
        """
        self._engine = engine
        self._folders = tuple(folders)
        self.beside: Callable[[Rule], tuple[Example, ...]] = lru_cache(kept)(self._beside)

    def showing(self, rule: Rule, places: Iterable[Rule]) -> Example | None:
        """The first vignette with a card that the rule leads, else one that shows it.

        Args:
            rule: what has to be seen.
            places: rules beside which to look.
        """
        seen = None
        for place in places:
            for example in self.beside(place):
                if rule in example.leads:
                    return example
                if seen is None and example.cards and rule in example.shows:
                    seen = example
            if seen is not None:
                return seen
        return seen

    def _beside(self, rule: Rule) -> tuple[Example, ...]:
        path = f"{rule.kind.path}{rule.id}"
        for folder in self._folders:
            group = vignettes_beside(folder, path)
            if group is not None:
                return tuple(
                    _example(run(one, group.service, self._engine), group.service)
                    for one in group.vignettes
                    if fits(one, group.service, self._engine.bundle)
                )
        return ()


def fits(vignette: Vignette, service: str, bundle: Bundle) -> bool:
    """True when the rules that are shown hold everything that a file on disk names."""
    data = {"service": service, "vignettes": [vignette.model_dump(mode="json", by_alias=True)]}
    known = {
        Named.SERVICE: bundle.services,
        Named.CONCEPT: bundle.concepts,
        Named.CAUSE: bundle.causes,
        Named.RED_FLAG: bundle.red_flags,
        Named.ORDER: bundle.orders,
        Named.FINDING: bundle.findings,
    }
    return all(one.name in known[one.named] for one in mentions(TEST, data))


def _example(outcome: Outcome, service: str) -> Example:
    assessment = outcome.answer.assessment
    leads = [Rule(RED_FLAG, one.red_flag.id) for one in assessment.fired[:1]]
    leads += [Rule(CAUSE, one.cause.id) for one in assessment.listed[:1]]
    return Example(
        vignette=outcome.vignette,
        service=service,
        as_expected=not outcome.differences,
        cards=outcome.answer.cards,
        shows=frozenset(_shown(outcome)),
        leads=frozenset(leads),
    )


def _shown(outcome: Outcome) -> Iterator[Rule]:
    assessment = outcome.answer.assessment
    groups: tuple[tuple[FileKind, Iterable[str]], ...] = (
        (RED_FLAG, (one.red_flag.id for one in assessment.fired)),
        (CAUSE, (one.cause.id for one in assessment.listed)),
        (ORDER, (one.order.id for one in assessment.proposed)),
        (FINDING, (key for key, one in assessment.findings.items() if one.state == "present")),
    )
    for kind, ids in groups:
        yield from (Rule(kind, one) for one in ids)
