"""Facts: dated, coded items, each read from one FHIR resource."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from orbicularis.knowledge.finding import Side


class State(StrEnum):
    """What is known of a finding; missing data are unknown, never absent."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """What kind of record a fact was read from."""

    OBSERVATION = "observation"
    CONDITION = "condition"
    PROCEDURE = "procedure"
    MEDICATION = "medication"
    FAMILY = "family"
    REASON = "reason"
    REQUEST = "request"
    REPORT = "report"
    DRAFT = "draft"


class Progress(StrEnum):
    """How far the record has come; decides what it may count for."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    PENDING = "pending"
    ACTIVE = "active"
    PAST = "past"


class Mention(msgspec.Struct, frozen=True):
    """A finding that words of the record name, with the words and what they say of it."""

    finding: str
    state: State
    quote: str
    history: bool = False


class Quantity(msgspec.Struct, frozen=True):
    """A number as it was sent.

    Attributes:
        value: the number.
        unit: the unit as sent, code before text; None when there was none.
        comparator: ``<``, ``<=``, ``>`` or ``>=`` when the value is only a bound.
        low: lower end of the resource's own reference range, in ``range_unit``.
        high: upper end of it.
        range_unit: unit of the reference range, when it states one.
    """

    value: float | None
    unit: str | None = None
    comparator: str | None = None
    low: float | None = None
    high: float | None = None
    range_unit: str | None = None

    @property
    def as_sent(self) -> str | None:
        """Comparator, number and unit as the chart has them; None without a number."""
        if self.value is None:
            return None
        return f"{self.comparator or ''}{self.value:.12g} {self.unit or ''}".strip()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that one record says about the patient.

    Attributes:
        source: kind of record.
        reference: ``Type/id`` of the record, or where it stood when it has no id.
        label: how the record words it; text from the chart, to be escaped where shown.
        concepts: keys of the terminology table that its own code matches.
        answers: keys that its coded values match (the answer to a question).
        mentions: findings that its words name.
        orders: ids of the orders whose own text it carries (a request without a known code).
        state: whether the record says that the thing is there.
        progress: final, preliminary, pending, active or past.
        quantity: the measured number, when there is one.
        flag: side told by the interpretation code, when there is one.
        sites: ids of the body sites that its bodySite or its words name.
        at: when it was so (effective, performed, recorded); None when no date is given.
        began: onset, or start of a period; None when unknown.
        ended: abatement, or end of a period; None when unknown or still open.
        span: how imprecise ``at`` is (a bare date: one day; a bare year: one year).
        began_span: how imprecise ``began`` is.
        in_encounter: True when the record belongs to the encounter in context.
        placed: True for an order that is being placed: a draft that was just selected, or is
            about to be signed.
        future: True when ``at`` lies after now; such a date is told, not trusted.
    """

    source: Source
    reference: str
    label: str
    concepts: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    mentions: tuple[Mention, ...] = ()
    orders: frozenset[str] = frozenset()
    state: State = State.PRESENT
    progress: Progress = Progress.FINAL
    quantity: Quantity | None = None
    flag: Side | None = None
    sites: frozenset[str] = frozenset()
    at: datetime | None = None
    began: datetime | None = None
    ended: datetime | None = None
    span: timedelta = timedelta(0)
    began_span: timedelta = timedelta(0)
    in_encounter: bool = False
    placed: bool = False
    future: bool = False
