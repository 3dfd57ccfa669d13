"""What a change of the rules does to patients: the same call answered before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orbicularis.authoring.vignettes import NOW, call_for
from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.vignette import Vignettes


@dataclass(frozen=True, slots=True)
class Visit:
    """One patient whom a service is asked about.

    Attributes:
        name: of the patient.
        source: the file of vignettes, or what else it comes from.
        service: id of the service.
        call: what a client sends.
    """

    name: str
    source: str
    service: str
    call: Call


@dataclass(frozen=True, slots=True)
class Told:
    """What came out for one patient.

    Attributes:
        cards: the highest indicator among the cards, or why there is none.
        causes: the listed ones in their order, each with its band.
        red_flags: ids of those that fired, most urgent first.
        orders: ids of those that are proposed, in their order.
    """

    cards: str
    causes: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """A patient for whom something else comes out."""

    name: str
    source: str
    before: Told
    after: Told


def visits(
    files: Mapping[Path, Vignettes], engine: Engine, known: Iterable[Visit] = ()
) -> Iterator[Visit]:
    """Yield each vignette, but for those that are known already.

    Each is written with the codes of its own rules, as the chart of that patient would be.
    """
    leave_out = {(visit.source, visit.name) for visit in known}
    for path, group in sorted(files.items()):
        service = engine.bundle.services[group.service]
        for vignette in group.vignettes:
            if (path.as_posix(), vignette.name) not in leave_out:
                call = call_for(vignette, service, engine)
                yield Visit(vignette.name, path.as_posix(), group.service, call)


def effects(visits: Iterable[Visit], before: Engine, after: Engine) -> Iterator[Effect | None]:
    """Yield for each visit what is different, or None when nothing is."""
    same = before.bundle.revision == after.bundle.revision
    for visit in visits:
        yield None if same else _effect(visit, before, after)


def _effect(visit: Visit, before: Engine, after: Engine) -> Effect | None:
    old, new = told(visit, before), told(visit, after)
    return None if old == new else Effect(visit.name, visit.source, old, new)


def told(visit: Visit, engine: Engine) -> Told:
    """Answer one visit, and keep what a clinician would notice."""
    if visit.service not in engine.bundle.services:
        return Told("not served")
    try:
        answer = engine.answer(visit.service, visit.call, NOW)
    except DataMissing:
        return Told("refused, data are missing")
    return told_in(answer)


def told_in(answer: Answer) -> Told:
    """Keep of an answer what a clinician would notice."""
    return Told(
        cards=_indicator(answer),
        causes=tuple(
            f"{result.cause.id} ({result.band.value})" if result.band else result.cause.id
            for result in answer.assessment.listed
        ),
        red_flags=tuple(flag.red_flag.id for flag in answer.assessment.fired),
        orders=tuple(result.order.id for result in answer.assessment.proposed),
    )


def _indicator(answer: Answer) -> str:
    shown = [Urgency(card.indicator) for card in answer.cards]
    return max(shown, key=lambda urgency: urgency.rank).value if shown else "no card"
