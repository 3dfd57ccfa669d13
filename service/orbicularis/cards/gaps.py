"""What the data could not tell: never "normal", always told where it matters."""

from collections.abc import Iterator

from orbicularis.cards.card import Card
from orbicularis.cards.frame import Frame
from orbicularis.cards.markdown import bullets, escape, paragraphs
from orbicularis.cards.phrases import say_support
from orbicularis.facts.assessment import Assessment, Note, Support
from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.facts.fact import Fact, State
from orbicularis.knowledge.service import Service

_WORD = {
    AnswerKind.NOT_PROVIDED: "not_provided",
    AnswerKind.NONE_RETURNED: "none_returned",
    AnswerKind.FAILED: "failed",
    AnswerKind.INCOMPLETE: "incomplete",
}

_UNUSABLE = frozenset({Note.IMPLAUSIBLE, Note.CORRECTION_UNRELIABLE, Note.UNREADABLE_UNIT})


def gap_lines(frame: Frame) -> list[str]:
    """One line for each way in which sources and records could not be read or used."""
    return [*_lines(frame), *_unusable(frame)]


def gap_section(frame: Frame) -> str:
    """The gaps under their heading, for another card; empty when there are none."""
    heading = frame.assessment.service.wording.differential.not_available
    lines = gap_lines(frame)
    return f"**{heading}**\n\n{bullets(lines)}" if lines else ""


def _lines(frame: Frame) -> Iterator[str]:
    chart, service = frame.assessment.chart, frame.assessment.service
    words = service.wording.gaps
    for kind, word in _WORD.items():
        sources = [one for one in chart.answers.values() if one.kind is kind]
        if sources:
            template: str = getattr(words, word)
            titles = ", ".join(source_title(source, service) for source in sources)
            yield template.format(source=titles)
    if chart.skipped:
        yield words.skipped.format(count=len(chart.skipped))
    if chart.of_others:
        yield words.other_patients.format(count=chart.of_others)


def _unusable(frame: Frame) -> Iterator[str]:
    """Results that leave a finding unknown because they cannot be used; nobody may overlook it."""
    notes = frame.assessment.service.wording.notes
    told: dict[Fact, Support] = {}
    for support in _unused(frame.assessment):
        told.setdefault(support.fact, support)
    for support in sorted(told.values(), key=lambda one: one.fact.reference):
        said = say_support(support, notes)
        yield said if support.value else f"{escape(support.fact.label)}: {said}"


def _unused(assessment: Assessment) -> Iterator[Support]:
    """A result without a unit may still have been used by its own range or its flag."""
    results = assessment.touched.values()
    used = {support.fact for result in results for support in result.supports}
    for result in results:
        for support in result.undecided if result.state is State.UNKNOWN else ():
            told = _UNUSABLE.intersection(support.notes)
            if told and (told != {Note.UNREADABLE_UNIT} or support.fact not in used):
                yield support


def source_title(answer: SourceAnswer, service: Service) -> str:
    """What a reader calls the source; a key of the client's own is shown as it is."""
    known = service.prefetch.get(answer.key)
    return known.title if known else escape(answer.key)


def gap_card(frame: Frame) -> Card:
    """The card for when nothing was found but not everything could be read."""
    words = frame.assessment.service.wording.gap_card
    return frame.card(
        kind="gap",
        subject=frame.assessment.service.id,
        summary=words.summary,
        detail=paragraphs((words.detail, bullets(gap_lines(frame)))),
        indicator="info",
    )
