"""Facts in words: what was recorded, when, and in which resource; all of it still to be escaped."""

from collections.abc import Iterable
from dataclasses import dataclass

from orbicularis.cards.phrases import date_of
from orbicularis.facts.assessment import Note, Support
from orbicularis.facts.fact import Fact
from orbicularis.pages.unit_text import unit_text


@dataclass(frozen=True, slots=True)
class Told:
    """One fact behind a finding.

    Attributes:
        words: how the record words it.
        value: number and unit as sent, or empty.
        date: as precise as the chart has it, or empty.
        source: ``Type/id`` of the resource.
        notes: what qualifies it.
    """

    words: str
    value: str
    date: str
    source: str
    notes: str

    @property
    def line(self) -> str:
        """All of it in one line."""
        parts = (f"{self.words} {self.value}".strip(), self.date, self.notes, self.source)
        return ", ".join(part for part in parts if part)


def told(supports: Iterable[Support]) -> tuple[Told, ...]:
    """Tell each fact once."""
    return tuple(dict.fromkeys(map(_told, supports)))


def _told(support: Support) -> Told:
    fact = support.fact
    return Told(
        words=fact.label or fact.source.value,
        value=_value(support),
        date=date_told(fact),
        source=fact.reference,
        notes=", ".join(_note(note, support) for note in support.notes),
    )


def _value(support: Support) -> str:
    if support.value is not None:
        return unit_text(support.value.as_sent)
    quantity = support.fact.quantity
    return unit_text(quantity.as_sent or "") if quantity is not None else ""


def _note(note: Note, support: Support) -> str:
    value = support.value
    if note is Note.ALBUMIN_CORRECTED and value is not None:
        return f"{unit_text(value.corrected or '')} corrected for albumin"
    return note.value.replace("_", " ")


def date_told(fact: Fact) -> str:
    """When it was so; else since when it has been so."""
    if fact.at is None and fact.began is not None:
        return f"since {fact.began:%Y-%m-%d}"
    return date_of(fact)
