"""A chart: all facts of one patient, and what could not be read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from orbicularis.facts.fact import Fact


class AnswerKind(StrEnum):
    """How a data source answered; none of these but ANSWERED says anything is normal."""

    ANSWERED = "answered"
    EMPTY = "empty"
    NONE_RETURNED = "none-returned"
    NOT_PROVIDED = "not-provided"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


class SourceAnswer(msgspec.Struct, frozen=True):
    """How one prefetch key, or one other source, answered.

    Attributes:
        key: prefetch key.
        kind: see ``AnswerKind``; EMPTY is a look that found nothing recorded.
        index: True when an index finding may stand in this source.
        detail: why what was sent could not be read, without patient data.
        not_fetched: why what was not sent, or not whole, could not be fetched from the
            client's FHIR server either, without patient data.
    """

    key: str
    kind: AnswerKind
    index: bool = False
    detail: str | None = None
    not_fetched: str | None = None

    @property
    def answered(self) -> bool:
        """True when the source gave an answer, if only that it has nothing to return."""
        return self.kind not in (AnswerKind.NOT_PROVIDED, AnswerKind.FAILED)

    @property
    def told_all(self) -> bool:
        """True when nothing of the source was left unread."""
        return self.answered and self.kind is not AnswerKind.INCOMPLETE


class Drafts(StrEnum):
    """Whether the orders that are being placed are known."""

    NOT_CARRIED = "not-carried"
    ALL_READ = "all-read"
    NOT_ALL_READ = "not-all-read"


class Skipped(msgspec.Struct, frozen=True):
    """A record that was left aside, with the reason (no patient data in it).

    Attributes:
        reference: which record, or where it stood.
        reason: why.
        index: True when an index finding may have stood in it.
    """

    reference: str
    reason: str
    index: bool = False


class Person(msgspec.Struct, frozen=True):
    """Who the patient is, as far as rules may ask; None when unknown."""

    age_years: int | None = None
    sex: str | None = None


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Everything read for one call.

    Attributes:
        patient_id: logical id of the patient in context.
        encounter_id: logical id of the encounter in context.
        hook_instance: identifier of the invocation.
        now: the time against which look-backs count (aware).
        person: age and sex.
        facts: relevant facts, in no particular order.
        answers: how each source answered, by key.
        skipped: records that could not be read.
        of_others: how many records belonged to another patient.
        resources: how many records were looked at.
        drafts: whether the hook carries orders that are being placed, and all were read.
    """

    patient_id: str
    encounter_id: str | None
    hook_instance: str
    now: datetime
    person: Person = Person()
    facts: tuple[Fact, ...] = ()
    answers: Mapping[str, SourceAnswer] = msgspec.field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    of_others: int = 0
    resources: int = 0
    drafts: Drafts = Drafts.NOT_CARRIED

    @property
    def may_hide_index(self) -> bool:
        """True when a source, or a record, that may hold an index finding was not read."""
        return may_hide_index(self.answers.values(), self.skipped)


def may_hide_index(answers: Iterable[SourceAnswer], skipped: Iterable[Skipped]) -> bool:
    """Tell whether a source, or a record, that may hold an index finding was not read.

    Args:
        answers: how the sources answered.
        skipped: records that could not be read.
    """
    return any(answer.index and not answer.told_all for answer in answers) or any(
        record.index for record in skipped
    )
