"""Which cards an assessment gives: at most an alert, a differential, and one for gaps."""

from collections.abc import Iterator, Mapping
from typing import Any

from orbicularis.cards.alert import alert_card
from orbicularis.cards.card import Card
from orbicularis.cards.differential import differential_card
from orbicularis.cards.frame import Frame
from orbicularis.cards.gaps import gap_card
from orbicularis.facts.assessment import Assessment
from orbicularis.knowledge.reference import Reference


def compose(
    assessment: Assessment,
    references: Mapping[str, Reference],
    templates: Mapping[str, dict[str, Any]],
    base_url: str | None = None,
) -> tuple[Card, ...]:
    """Make the cards; nothing to say gives none. They lead to pages below the base URL."""
    return tuple(_cards(Frame(assessment, references, templates, base_url)))


def _cards(frame: Frame) -> Iterator[Card]:
    assessment = frame.assessment
    if not assessment.index:
        if assessment.chart.may_hide_index:
            yield gap_card(frame)
        return
    fired = assessment.fired
    titles = {flag.red_flag.title for flag in fired}
    urgent = tuple(one for one in assessment.proposed if titles & set(one.asked_by))
    others = tuple(one for one in assessment.proposed if one not in urgent)
    # Beside an alert, "nothing explains it" would only blunt it.
    alone = bool(fired) and not assessment.listed and not others
    if fired:
        yield alert_card(fired, urgent, frame, with_gaps=alone)
    if not alone:
        yield differential_card(others, frame)
