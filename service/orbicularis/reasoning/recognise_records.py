"""Recognising findings in records: Observations, Conditions, Procedures, medicines, words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.finding import (
    ConditionPattern,
    Currency,
    MedicationPattern,
    ObservationPattern,
    ProcedurePattern,
)
from orbicularis.reasoning.claim import Claim, claim
from orbicularis.reasoning.dates import trusted_date
from orbicularis.reasoning.fact_index import FactIndex

_OBSERVED = frozenset({Source.OBSERVATION, Source.REASON})
_PROBLEMS = frozenset({Source.CONDITION, Source.REASON})
_SAID_NOW = frozenset({Source.OBSERVATION, Source.REASON, Source.PROCEDURE, Source.REPORT})
_SAID_WHILE_ACTIVE = frozenset({Source.CONDITION, Source.MEDICATION})


def by_observation(pattern: ObservationPattern, facts: FactIndex) -> Iterator[Claim]:
    """Observations (and coded reasons of the encounter) with one of the codes."""
    for fact in facts.of(pattern.codes):
        if fact.source not in _OBSERVED or fact.progress is Progress.PENDING:
            continue
        if _at_site(fact, pattern.site):
            yield claim(fact, fact.state)


def by_condition(pattern: ConditionPattern, facts: FactIndex) -> Iterator[Claim]:
    """Conditions with one of the codes; past ones only where history is asked for."""
    for fact in facts.of(pattern.codes):
        if fact.source not in _PROBLEMS or not _at_site(fact, pattern.site):
            continue
        past = fact.progress is Progress.PAST
        if _is_asked_for(pattern.when, past=past):
            yield claim(fact, fact.state)


def by_family(pattern: ConditionPattern, facts: FactIndex) -> Iterator[Claim]:
    """Conditions of relatives; never the patient's own."""
    for fact in facts.of(pattern.codes):
        if fact.source is Source.FAMILY:
            yield claim(fact, fact.state)


def by_procedure(pattern: ProcedurePattern, facts: FactIndex, now: datetime) -> Iterator[Claim]:
    """Procedures that were done; with a time limit, an undated one cannot decide."""
    for fact in facts.of(pattern.codes):
        if fact.source is not Source.PROCEDURE or fact.progress is Progress.PENDING:
            continue
        if pattern.within is None or fact.state is not State.PRESENT:
            yield claim(fact, fact.state)
        else:
            yield claim(fact, _lies_within(trusted_date(fact), fact.span, pattern.within, now))


def by_medication(pattern: MedicationPattern, facts: FactIndex, now: datetime) -> Iterator[Claim]:
    """Exposures to one of the ingredients or classes; drafts are none."""
    for fact in facts.of(pattern.codes):
        if fact.source is not Source.MEDICATION or fact.state is not State.PRESENT:
            continue
        if fact.progress is Progress.PENDING:
            continue
        past = fact.progress is Progress.PAST
        if _is_asked_for(pattern.exposure, past=past):
            yield claim(fact, _exposure_state(fact, pattern, now))


def by_text(finding_id: str, facts: FactIndex) -> Iterator[Claim]:
    """Words that name the finding; what is told as history is not now."""
    for fact, mention in facts.mentions(finding_id):
        active = fact.progress is not Progress.PAST and fact.source in _SAID_WHILE_ACTIVE
        said_now = fact.source in _SAID_NOW and fact.progress is not Progress.PENDING
        if (active or said_now) and not mention.history:
            yield claim(fact, mention.state, Note.FROM_FREE_TEXT)


def _at_site(fact: Fact, site: str | None) -> bool:
    return site is None or site in fact.sites


def _is_asked_for(asked: Currency, *, past: bool) -> bool:
    return asked is Currency.EVER or past == (asked is Currency.HISTORY)


def _lies_within(date: datetime | None, span: timedelta, limit: timedelta, now: datetime) -> State:
    """Present within the limit, absent before it; unknown without a date to trust."""
    if date is None:
        return State.UNKNOWN
    if now - date <= limit:
        return State.PRESENT
    return State.ABSENT if now - (date + span) > limit else State.UNKNOWN


def _exposure_state(fact: Fact, pattern: MedicationPattern, now: datetime) -> State:
    states = []
    if pattern.started_within is not None:
        began = None if fact.future else fact.began
        states.append(_lies_within(began, fact.began_span, pattern.started_within, now))
    if pattern.stopped_within is not None and fact.progress is Progress.PAST:
        states.append(_lies_within(fact.ended, timedelta(0), pattern.stopped_within, now))
    if pattern.for_at_least is not None:
        states.append(_lasted(fact, pattern.for_at_least, now))
    if State.ABSENT in states:
        return State.ABSENT
    return State.UNKNOWN if State.UNKNOWN in states else State.PRESENT


def _lasted(fact: Fact, limit: timedelta, now: datetime) -> State:
    """Told by start and end; what ended at an unknown time may have been short."""
    if fact.began is None:
        return State.UNKNOWN
    if fact.progress is Progress.PAST and fact.ended is None:
        return State.ABSENT if now - fact.began < limit else State.UNKNOWN
    end = fact.ended or now
    if end - (fact.began + fact.began_span) >= limit:
        return State.PRESENT
    return State.ABSENT if end - fact.began < limit else State.UNKNOWN
