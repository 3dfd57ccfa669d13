"""What the data could not tell: never "normal", always told where it matters."""

from collections.abc import Iterator

from orbicularis.cards.card import Card
from orbicularis.cards.frame import Frame
from orbicularis.cards.markdown import bullets, escape, paragraphs
from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.knowledge.service import Service

_WORD = {
    AnswerKind.NOT_PROVIDED: "not_provided",
    AnswerKind.NONE_RETURNED: "none_returned",
    AnswerKind.FAILED: "failed",
    AnswerKind.INCOMPLETE: "incomplete",
}


def gap_lines(frame: Frame) -> list[str]:
    """One line for each way in which sources and records could not be read."""
    return list(_lines(frame))


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
