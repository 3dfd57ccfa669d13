"""The differential card: ranked causes with reasons for and against, and the workup."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from orbicularis.cards.card import Card
from orbicularis.cards.frame import Frame
from orbicularis.cards.gaps import gap_lines
from orbicularis.cards.markdown import bullets, paragraphs
from orbicularis.cards.phrases import date_of, say_evidence, say_finding, say_unknown
from orbicularis.cards.suggest import suggest
from orbicularis.facts.assessment import (
    Assessment,
    Band,
    CauseResult,
    FindingResult,
    OrderResult,
    OrderState,
    Support,
    Why,
)
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.wording import Wording

_BAND_WORD = {
    Band.WELL_SUPPORTED: "well_supported",
    Band.POSSIBLE: "possible",
    Band.LESS_LIKELY: "less_likely",
}
_LIKELY = (Band.WELL_SUPPORTED, Band.POSSIBLE)
EXTENSION = "org.orbicularis.differential"


def differential_card(orders: tuple[OrderResult, ...], frame: Frame) -> Card:
    """The ranked list with its workup, led by the first cause."""
    assessment = frame.assessment
    listed = assessment.listed
    references = tuple(key for result in listed[:2] for key in result.cause.references)
    return frame.card(
        kind="differential",
        subject=listed[0].cause.id if listed else assessment.service.id,
        summary=_summary(assessment),
        detail=paragraphs(_detail(frame)),
        indicator=_indicator(assessment).value,
        suggestions=suggest(orders, frame),
        links=frame.links(references),
        extension={EXTENSION: _extension(assessment)} if listed else None,
    )


def _summary(assessment: Assessment) -> str:
    words = assessment.service.wording
    finding = assessment.index[0].finding.title
    if not assessment.listed:
        return words.differential.summary_unexplained.format(finding=finding)
    first, *others = assessment.listed
    template = words.differential.summary if others else words.differential.summary_alone
    return template.format(
        finding=finding,
        cause=first.cause.title,
        band=_band_word(first, words),
        more=len(others),
    )


def _band_word(result: CauseResult, words: Wording) -> str:
    word: str = getattr(words.bands, _BAND_WORD[result.band or Band.LESS_LIKELY])
    return word


def _indicator(assessment: Assessment) -> Urgency:
    """Only red flags are critical; a likely cause that wants attention is a warning.

    Nothing new about a cause that has long been on record warrants no more than an info.
    """
    since = assessment.chart.now - assessment.service.speaks_for
    urgent = any(
        result.band in _LIKELY
        and result.cause.urgency is not Urgency.INFO
        and any(_is_new(support, since) for support in _supports(result))
        for result in assessment.listed
    )
    return Urgency.WARNING if urgent else Urgency.INFO


def _supports(result: CauseResult) -> Iterator[Support]:
    for line in result.evidence:
        if line.counted > 0:
            yield from line.finding.supports


def _is_new(support: Support, since: datetime) -> bool:
    """What has no date may be new."""
    at = support.fact.at
    return at is None or at + support.fact.span >= since


def _detail(frame: Frame) -> Iterator[str]:
    assessment = frame.assessment
    words = assessment.service.wording
    recorded = "; ".join(say_finding(result, words.notes) for result in assessment.index)
    yield words.differential.recorded.format(findings=recorded)
    for rank, result in enumerate(assessment.listed, start=1):
        heading = words.differential.cause.format(
            rank=rank, cause=result.cause.title, band=_band_word(result, words)
        )
        yield f"**{heading}**\n\n{bullets(_cause_lines(result, assessment))}"
    left_out = list(_left_out(assessment))
    if left_out:
        yield f"**{words.differential.orders_left_out}**\n\n{bullets(left_out)}"
    gaps = gap_lines(frame)
    if gaps:
        yield f"**{words.differential.not_available}**\n\n{bullets(gaps)}"
    yield words.differential.disclaimer


def _cause_lines(result: CauseResult, assessment: Assessment) -> Iterator[str]:
    words = assessment.service.wording
    most = assessment.service.caps.reasons
    lines = sorted(result.evidence, key=lambda line: -abs(line.counted))
    for label, chosen in (
        (words.differential.supports, [line for line in lines if line.counted > 0]),
        (words.differential.opposes, [line for line in lines if line.counted < 0]),
    ):
        if chosen:
            said = "; ".join(say_evidence(line, words.notes) for line in chosen[:most])
            yield f"{label} {said}"
    unknown = {result.finding.id: result for result in _telling_unknown(result, assessment)}
    if unknown:
        said = "; ".join(say_unknown(one, words.notes) for one in list(unknown.values())[:most])
        yield f"{words.differential.unknown} {said}"
    if result.band is not Band.LESS_LIKELY:
        yield f"{words.differential.settled_by} {result.cause.settled_by}"
        yield f"{words.differential.advice} {result.cause.advice}"


def _telling_unknown(result: CauseResult, assessment: Assessment) -> Iterator[FindingResult]:
    """Unknown findings: those it requires, then by the weight that they would have."""
    required = (assessment.findings[finding] for finding in result.cause.requires)
    yield from (one for one in required if one.state is State.UNKNOWN)
    strengths = ("strong", "moderate", "weak")
    unknown = [line for line in result.evidence if line.why is Why.UNKNOWN]
    unknown.sort(key=lambda line: strengths.index(line.evidence.strength.value))
    yield from (line.finding for line in unknown)


def _left_out(assessment: Assessment) -> Iterator[str]:
    """Orders that are not suggested because they are done, pending or ordered."""
    words = assessment.service.wording.differential
    templates = {
        OrderState.DONE: words.done,
        OrderState.PENDING: words.pending,
        OrderState.ORDERED: words.ordered,
        OrderState.DRAFTED: words.ordered,
    }
    for result in assessment.orders:
        if result.state in templates and result.because is not None:
            yield templates[result.state].format(
                order=result.order.text, date=date_of(result.because)
            )


def _extension(assessment: Assessment) -> dict[str, Any]:
    """The ranking for machines, so that nobody has to parse prose."""
    causes = [
        {
            "rank": rank,
            "id": result.cause.id,
            "title": result.cause.title,
            "band": (result.band or Band.LESS_LIKELY).value,
            "score": round(result.score, 2),
        }
        for rank, result in enumerate(assessment.listed, start=1)
    ]
    return {"revision": assessment.revision, "causes": causes}
