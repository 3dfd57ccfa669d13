"""Conditions: problems and diagnoses, present, past or refuted."""

from collections.abc import Iterator

from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.fhir.concepts import codes_of, label_of, shortened, with_sites
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.echoes import without_echoes
from orbicularis.fhir.moments import Moment, at_age, at_ages, moment
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.structs.condition import Condition
from orbicularis.fhir.structs.element import is_sent
from orbicularis.fhir.times import Times, first, over

_decode: Decode[Condition] = Decode(Condition)

_ACTIVE = frozenset({"active", "recurrence", "relapse"})
_PAST = frozenset({"inactive", "remission", "resolved"})
_TENTATIVE = frozenset({"unconfirmed", "provisional"})


def conditions(record: Record, context: Context) -> Iterator[Fact]:
    """Read a Condition.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    condition = _decode(record.raw)
    verification = codes_of(condition.verification_status)
    if "entered-in-error" in verification:
        return
    state = _state(verification)
    labels = with_sites(condition.code, condition.body_site or ())
    said = context.hearing.read(labels, (), None if state is State.PRESENT else state)
    said = without_echoes(said, condition.code, context)
    known = Fact(
        source=Source.CONDITION,
        reference=record.reference,
        label=shortened(labels[0]) if labels else label_of(condition.code),
        concepts=context.relevance.of(condition.code),
        mentions=said.mentions,
        sites=said.sites,
        state=state,
        progress=_progress(condition, verification, record),
        in_encounter=context.is_current(condition.encounter),
    )
    if known.concepts or known.mentions:
        yield _times(condition, context, record).put(known, context.now)


def _state(verification: frozenset[str]) -> State:
    """A refuted condition is absent; one of several possible diagnoses is unknown."""
    if "refuted" in verification:
        return State.ABSENT
    return State.UNKNOWN if "differential" in verification else State.PRESENT


def _progress(condition: Condition, verification: frozenset[str], record: Record) -> Progress:
    """Active and past by clinicalStatus; without one an end makes it past.

    A condition of unknown status is a record of its date and stands no longer than that.
    """
    clinical = codes_of(condition.clinical_status)
    if clinical & _PAST or (not clinical & _ACTIVE and _has_abated(condition)):
        return Progress.PAST
    if verification & _TENTATIVE:
        return Progress.PRELIMINARY
    is_active = clinical & _ACTIVE or record.origin is Origin.PROBLEMS
    return Progress.ACTIVE if is_active else Progress.FINAL


def _has_abated(condition: Condition) -> bool:
    return any(
        part is not None
        for part in (
            condition.abatement_date_time,
            condition.abatement_age,
            condition.abatement_period,
            condition.abatement_range,
        )
    ) or is_sent(condition.abatement_string)


def _times(condition: Condition, context: Context, record: Record) -> Times:
    """Recorded when, begun when, ended when; an age counts from birth.

    A problem that was just created is of now, unless it says otherwise.
    """
    onset = first(
        condition.onset_date_time,
        over(condition.onset_period, context.now),
        Times(at_age(condition.onset_age, context.birth)),
        Times(at_ages(condition.onset_range, context.birth)),
    )
    end = first(
        condition.abatement_date_time,
        over(condition.abatement_period, context.now),
        Times(at_age(condition.abatement_age, context.birth)),
        Times(at_ages(condition.abatement_range, context.birth)),
    )
    began = onset.began or onset.at
    created = Moment(context.now) if record.origin is Origin.PROBLEMS else None
    at = moment(condition.recorded_date) or created or began
    return Times(at, began, end.ended or end.at)
