"""How facts and findings are said: value, date and what qualifies them."""

from orbicularis.cards.markdown import escape
from orbicularis.facts.assessment import EvidenceResult, FindingResult, Note, Support
from orbicularis.facts.fact import Fact
from orbicularis.knowledge.wording import NoteWords

_MOST_FACTS = 3


def date_of(fact: Fact) -> str:
    """The day of the fact as ISO 8601, as precise as the chart has it; empty when unknown."""
    if fact.at is None:
        return ""
    if fact.span.days >= 360:
        return f"{fact.at:%Y}"
    return f"{fact.at:%Y-%m}" if fact.span.days >= 28 else f"{fact.at:%Y-%m-%d}"


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
    notes = [remark(note, support, words) for note in support.notes]
    return ", ".join(part for part in (measured, date_of(support.fact), *notes) if part)


def say_supports(supports: tuple[Support, ...], words: NoteWords) -> str:
    """The most telling facts of a finding, in brackets; empty when there is nothing to add."""
    said = dict.fromkeys(say_support(support, words) for support in supports)
    told = [text for text in said if text][:_MOST_FACTS]
    return f" ({'; '.join(told)})" if told else ""


def say_finding(result: FindingResult, words: NoteWords) -> str:
    """A finding with the facts behind it."""
    return result.finding.phrase + say_supports(result.supports, words)


def say_unknown(result: FindingResult, words: NoteWords) -> str:
    """A finding that is not known, with the facts that could not decide it."""
    return result.finding.phrase + say_supports(result.undecided, words)


def say_evidence(line: EvidenceResult, words: NoteWords) -> str:
    """A line of evidence with the facts behind it."""
    return line.evidence.reason + say_supports(line.finding.supports, words)
