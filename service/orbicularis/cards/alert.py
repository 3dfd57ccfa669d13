"""The alert card: all red flags that fired, together."""

from collections.abc import Iterator

from orbicularis.cards.card import Card
from orbicularis.cards.frame import Frame
from orbicularis.cards.gaps import gap_section
from orbicularis.cards.markdown import bullets, paragraphs
from orbicularis.cards.phrases import Teller
from orbicularis.cards.suggest import suggest
from orbicularis.facts.assessment import OrderResult, RedFlagResult


def alert_card(
    fired: tuple[RedFlagResult, ...],
    orders: tuple[OrderResult, ...],
    frame: Frame,
    *,
    with_gaps: bool,
) -> Card:
    """One card; its indicator is the highest among the flags, which stand in that order.

    ``with_gaps`` tells here what could not be read, when no other card will.
    """
    words = frame.assessment.service.wording
    first = fired[0].red_flag
    summary = first.summary
    if len(fired) > 1:
        summary = words.alert.summary_more.format(summary=summary, more=len(fired) - 1)
    parts = [part for flag in fired for part in _parts(flag, frame)]
    if with_gaps:
        parts.append(gap_section(frame))
    references = tuple(key for flag in fired for key in flag.red_flag.references)
    return frame.card(
        kind="alert",
        subject=first.id,
        summary=summary,
        detail=paragraphs((*parts, words.differential.disclaimer)),
        indicator=first.indicator.value,
        suggestions=suggest(orders, frame),
        links=frame.links(references),
    )


def _parts(flag: RedFlagResult, frame: Frame) -> Iterator[str]:
    words = frame.assessment.service.wording
    teller = Teller(words.notes)
    found = "; ".join(teller.finding(result) for result in flag.found)
    unknown = "; ".join(teller.unknown(result) for result in flag.unknown)
    lines = [f"{words.alert.found} {found}", f"{words.alert.action} {flag.red_flag.action}"]
    if unknown:
        lines.append(f"{words.alert.not_known} {unknown}")
    yield f"**{flag.red_flag.title}**"
    yield bullets(lines)
