"""How facts and findings are said: value, date and what qualifies them."""

from datetime import datetime, timedelta

from orbicularis.cards.markdown import escape
from orbicularis.facts.assessment import EvidenceResult, FindingResult, Note, Support
from orbicularis.facts.fact import Fact, Progress
from orbicularis.knowledge.wording import NoteWords

_MOST_FACTS = 3
_QUIET = frozenset({Note.LABORATORY_RANGE})
"""What does not qualify a result; the explanation tells it, a card need not."""


def date_of(fact: Fact) -> str:
    """The day of the fact as ISO 8601, as precise as the chart has it; empty when unknown.

    It is the day where it was recorded: a date keeps the offset that it was sent with.
    """
    return _day(fact.at, fact.span)


def _day(at: datetime | None, span: timedelta) -> str:
    if at is None:
        return ""
    if span.days >= 360:
        return f"{at:%Y}"
    return f"{at:%Y-%m}" if span.days >= 28 else f"{at:%Y-%m-%d}"


def time_of(fact: Fact, words: NoteWords) -> str:
    """The day of the fact; of what has begun earlier and goes on, since when."""
    day, began = date_of(fact), _day(fact.began, fact.began_span)
    if began and began != day and fact.ended is None and fact.progress is not Progress.PAST:
        return words.since.format(date=began)
    return day


def remark(note: Note, support: Support, words: NoteWords) -> str:
    """Say what qualifies a fact."""
    text: str = getattr(words, note.value)
    value = support.value
    return text.format(
        value=escape(_sent(support.fact)),
        albumin=escape(value.albumin or "") if value else "",
        corrected=escape(value.corrected or "") if value else "",
    )


def _sent(fact: Fact) -> str:
    return (fact.quantity.as_sent if fact.quantity else None) or fact.label


def say_support(support: Support, words: NoteWords) -> str:
    """One fact: what was measured, when, and what qualifies it."""
    measured = f"{support.value.name} {escape(support.value.as_sent)}" if support.value else ""
    notes = [remark(note, support, words) for note in support.notes if note not in _QUIET]
    return ", ".join(part for part in (measured, time_of(support.fact, words), *notes) if part)


class Teller:
    """Says findings with the facts behind them, no fact twice in one breath."""

    def __init__(self, words: NoteWords) -> None:
        """Keep the words; nothing has been told yet."""
        self._words = words
        self._told: set[tuple[Fact, str]] = set()

    def finding(self, result: FindingResult) -> str:
        """A finding with the facts that decided it."""
        return result.finding.phrase + self._facts(result.supports)

    def unknown(self, result: FindingResult) -> str:
        """A finding that is not known, with the facts that could not decide it."""
        return result.finding.phrase + self._facts(result.undecided)

    def evidence(self, line: EvidenceResult) -> str:
        """A line of evidence with the facts behind it."""
        return line.evidence.reason + self._facts(line.finding.supports)

    def _facts(self, supports: tuple[Support, ...]) -> str:
        """The most telling facts in brackets; empty when there is nothing to add."""
        said = [(support.fact, say_support(support, self._words)) for support in supports]
        new = [one for one in dict.fromkeys(said) if one[1] and one not in self._told]
        self._told.update(new)
        told = list(dict.fromkeys(text for _, text in new))[:_MOST_FACTS]
        return f" ({'; '.join(told)})" if told else ""
