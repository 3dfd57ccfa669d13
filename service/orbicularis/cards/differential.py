"""The differential card: ranked causes with reasons for and against, and the workup."""

from collections.abc import Iterator
from typing import Any

from orbicularis.cards.card import Card
from orbicularis.cards.frame import Frame
from orbicularis.cards.gaps import gap_section
from orbicularis.cards.markdown import bullets, paragraphs
from orbicularis.cards.phrases import Teller, date_of
from orbicularis.cards.suggest import suggest
from orbicularis.facts.assessment import (
    Assessment,
    Band,
    CauseResult,
    EvidenceResult,
    FindingResult,
    Hidden,
    OrderResult,
    OrderState,
    RedFlagResult,
    Why,
)
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Strength, Urgency
from orbicularis.knowledge.finding import Kind
from orbicularis.knowledge.wording import Wording

_BAND_WORD = {
    Band.WELL_SUPPORTED: "well_supported",
    Band.POSSIBLE: "possible",
    Band.LESS_LIKELY: "less_likely",
}
_LIKELY = (Band.WELL_SUPPORTED, Band.POSSIBLE)
_STRENGTHS = (Strength.STRONG, Strength.MODERATE, Strength.WEAK)
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
    if _is_old_news(assessment):
        return words.differential.summary_known.format(finding=finding, cause=first.cause.title)
    template = words.differential.summary if others else words.differential.summary_alone
    headed = _headed(assessment.listed)
    return template.format(
        finding=finding,
        cause=headed.cause.title,
        band=_band_word(headed, words),
        more=len(others),
    )


def _headed(listed: tuple[CauseResult, ...]) -> CauseResult:
    """What the summary names: the first cause, or what it would explain and is better supported.

    A specific cause is read before the general one, but must not stand for it in a headline
    while less speaks for it.
    """
    first = listed[0]
    return min((first, *_explained(first, listed)), key=_distance)


def _distance(result: CauseResult) -> int:
    """How far its band is from the best."""
    return tuple(Band).index(result.band or Band.LESS_LIKELY)


def _explained(result: CauseResult, listed: tuple[CauseResult, ...]) -> list[CauseResult]:
    """The listed causes that it would explain."""
    return [one for one in listed if one.cause.id in result.cause.more_general]


def _band_word(result: CauseResult, words: Wording) -> str:
    word: str = getattr(words.bands, _BAND_WORD[result.band or Band.LESS_LIKELY])
    return word


def _indicator(assessment: Assessment) -> Urgency:
    """Only red flags are critical; a likely cause that wants attention is a warning."""
    if assessment.listed and _is_old_news(assessment):
        return Urgency.INFO
    urgent = assessment.warns or any(
        result.band in _LIKELY and result.cause.urgency is not Urgency.INFO
        for result in assessment.listed
    )
    return Urgency.WARNING if urgent else Urgency.INFO


def _detail(frame: Frame) -> Iterator[str]:
    assessment = frame.assessment
    words = assessment.service.wording
    teller = Teller(words.notes)
    recorded = "; ".join(teller.finding(result) for result in assessment.index)
    yield words.differential.recorded.format(findings=recorded)
    for rank, result in enumerate(assessment.listed, start=1):
        heading = words.differential.cause.format(
            rank=rank, cause=result.cause.title, band=_band_word(result, words)
        )
        yield f"**{heading}**\n\n{bullets(_cause_lines(result, assessment))}"
    beyond = sum(result.hidden is Hidden.BEYOND_CAP for result in assessment.causes)
    if beyond:
        yield words.differential.not_listed_above.format(count=beyond)
    done = {one.order.id for one in assessment.orders if one.state is OrderState.DONE}
    for baseline in assessment.baseline:
        needless = baseline.tells_until and done.issuperset(baseline.tells_until)
        if baseline.tells is not None and not needless:
            yield baseline.tells
    refuted = list(_argued_against(assessment))
    if refuted:
        yield f"**{words.differential.argued_against}**\n\n{bullets(refuted)}"
    left_out = list(_left_out(assessment))
    if left_out:
        yield f"**{words.differential.orders_left_out}**\n\n{bullets(left_out)}"
    yield gap_section(frame)
    yield words.differential.disclaimer


def _cause_lines(result: CauseResult, assessment: Assessment) -> Iterator[str]:
    words = assessment.service.wording
    most = assessment.service.caps.reasons
    teller = Teller(words.notes)
    lines = sorted(result.evidence, key=lambda line: -abs(line.counted))
    explained = [one.cause.title for one in _explained(result, assessment.listed)]
    if explained:
        yield f"{words.differential.explains} {'; '.join(explained)}"
    for label, chosen in (
        (words.differential.supports, [line for line in lines if line.counted > 0]),
        (words.differential.opposes, [line for line in lines if line.counted < 0]),
    ):
        said = [teller.evidence(line) for line in chosen[:most]]
        if label is words.differential.supports and not said:
            said = [flag.red_flag.title for flag in assessment.fired if _leads_to(flag, result)]
        if said:
            yield f"{label} {'; '.join(said)}"
    unknown = {result.finding.id: result for result in _telling_unknown(result, assessment)}
    if unknown:
        open_ = "; ".join(teller.unknown(one) for one in list(unknown.values())[:most])
        yield f"{words.differential.unknown} {open_}"
    if result.band is not Band.LESS_LIKELY:
        yield f"{words.differential.settled_by} {result.cause.settled_by}"
        yield f"{words.differential.advice} {result.cause.advice}"


def _leads_to(flag: RedFlagResult, result: CauseResult) -> bool:
    return result.cause.id in flag.red_flag.points_to


def _telling_unknown(result: CauseResult, assessment: Assessment) -> Iterator[FindingResult]:
    """Unknown findings that would change the picture: those it requires, then the strongest.

    A diagnosis that nobody made, a weak sign, and what only repeats a group that has already
    counted would lengthen the list and tell nothing.
    """
    required = (assessment.findings[finding] for finding in result.cause.requires)
    yield from (one for one in required if one.state is State.UNKNOWN)
    counted = {line.evidence.group for line in result.evidence if line.counted}
    unknown = [
        line
        for line in result.evidence
        if line.why is Why.UNKNOWN
        and line.evidence.strength is not Strength.WEAK
        and line.finding.finding.kind is not Kind.CONDITION
        and (line.evidence.group is None or line.evidence.group not in counted)
    ]
    unknown.sort(key=lambda line: _STRENGTHS.index(line.evidence.strength))
    yield from (line.finding for line in unknown)


def _argued_against(assessment: Assessment) -> Iterator[str]:
    """Causes not to be missed that a result takes down, with the result."""
    teller = Teller(assessment.service.wording.notes)
    for result in assessment.causes:
        if result.hidden is not None and result.cause.do_not_miss:
            refuting = [line for line in result.evidence if _refutes(line)]
            if refuting:
                said = "; ".join(teller.evidence(line) for line in refuting)
                yield f"{result.cause.title}: {said}"


def _refutes(line: EvidenceResult) -> bool:
    return (
        line.counted < 0
        and line.evidence.strength is Strength.STRONG
        and line.finding.finding.kind is Kind.LABORATORY
    )


def _is_old_news(assessment: Assessment) -> bool:
    """True when a known cause leads, no red flag fires and nothing else wants attention."""
    others = (result for result in assessment.listed if not result.known)
    return (
        assessment.listed[0].known
        and not assessment.fired
        and not any(one.band in _LIKELY and one.cause.urgency is not Urgency.INFO for one in others)
    )


def _left_out(assessment: Assessment) -> Iterator[str]:
    """Orders that are not suggested because they are done, pending or ordered."""
    words = assessment.service.wording.differential
    templates = {
        OrderState.DONE: words.done,
        OrderState.PENDING: words.pending,
        OrderState.ORDERED: words.ordered,
        OrderState.DRAFTED: words.drafted,
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
