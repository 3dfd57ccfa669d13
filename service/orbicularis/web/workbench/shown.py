"""What the page shows of one answer; everything in it is of the assessment."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import log10

from orbicularis.cards.card import Card
from orbicularis.engine.engine import Answer
from orbicularis.facts.assessment import Assessment, CauseResult, Hidden, RedFlagResult
from orbicularis.facts.fact import State
from orbicularis.reasoning.what_if import Supposition, WhatIf
from orbicularis.web.workbench.chart_brief import Brief, brief
from orbicularis.web.workbench.number_places import places
from orbicularis.web.workbench.pasted import Pasted
from orbicularis.web.workbench.picture import Picture, picture

_REASONS = {
    Hidden.BEYOND_CAP: "Beyond the number shown",
    Hidden.EXCLUDED: "Excluded by what is present",
    Hidden.REQUIREMENT_ABSENT: "What it requires is known to be absent",
    Hidden.BELOW_CUT_OFF: "Supported, and still below the cut-off",
    Hidden.NO_SUPPORT: "Nothing recorded supports it",
}


@dataclass(frozen=True, slots=True)
class Absent:
    """Causes that are not listed for one reason."""

    reason: str
    causes: tuple[CauseResult, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer, arranged for the page.

    Attributes:
        service: id of the service that was asked.
        pasted: the request.
        assessment: the result behind it all.
        chart: the chart in brief.
        cards: what an EHR would show.
        picture: the ranking.
        what_if: unknown findings that would change it.
        nearly: red flags of which something is present, and something is still unknown.
        held_off: those of which something is present, and something known to be absent.
        absent: causes that are not listed, by reason.
        cut_off: log10 of the odds below which a cause is not listed.
    """

    service: str
    pasted: Pasted
    assessment: Assessment
    chart: Brief
    cards: tuple[Card, ...]
    picture: Picture
    what_if: tuple[Supposition, ...]
    nearly: tuple[RedFlagResult, ...]
    held_off: tuple[RedFlagResult, ...]
    absent: tuple[Absent, ...]
    cut_off: float


def show(answer: Answer, pasted: Pasted, what_if: WhatIf) -> Shown:
    """Arrange an answer."""
    assessment = answer.assessment
    begun = [flag for flag in assessment.red_flags if flag.found and not flag.fired]
    return Shown(
        service=assessment.service.id,
        pasted=pasted,
        assessment=assessment,
        chart=brief(assessment, places(pasted.document)),
        cards=answer.cards,
        picture=picture(assessment),
        what_if=what_if(assessment) if assessment.index else (),
        nearly=tuple(flag for flag in begun if flag.state is State.UNKNOWN),
        held_off=tuple(flag for flag in begun if flag.state is State.ABSENT),
        absent=tuple(_absent(assessment)),
        cut_off=log10(assessment.service.ranking.bands.less_likely),
    )


def _absent(assessment: Assessment) -> Iterator[Absent]:
    order = list(_REASONS)
    hidden = [(order.index(one.hidden), one) for one in assessment.causes if one.hidden is not None]
    hidden.sort(key=lambda pair: (pair[0], pair[1].cause.title))
    for place, group in groupby(hidden, key=lambda pair: pair[0]):
        yield Absent(_REASONS[order[place]], tuple(result for _, result in group))
