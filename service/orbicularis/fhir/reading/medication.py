"""Medicines: what the patient is or was exposed to, and since when."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

import msgspec
from msgspec.structs import replace

from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.fhir.concepts import codes_of, label_of, words_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.medicines import substances
from orbicularis.fhir.moments import Moment, bounds, end_of, moment, start_of
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.structs.element import CodeableConcept, Reference, is_sent
from orbicularis.fhir.structs.medication import (
    Medicated,
    MedicationAdministration,
    MedicationRequest,
    MedicationStatement,
)
from orbicularis.fhir.times import Times, first, on, over

_decode_request: Decode[MedicationRequest] = Decode(MedicationRequest)
_decode_statement: Decode[MedicationStatement] = Decode(MedicationStatement)
_decode_administration: Decode[MedicationAdministration] = Decode(MedicationAdministration)

_NO_EXPOSURE = frozenset(
    {"entered-in-error", "cancelled", "draft", "intended", "not-taken", "not-done"}
)
_OVER = frozenset({"stopped", "completed", "ended"})
_NOT_ORDERED = frozenset(
    {"entered-in-error", "cancelled", "on-hold", "stopped", "completed", "ended"}
)
"""A revised order is signed too (order-sign): with these it is taken back."""
_NO_ORDER = frozenset({"proposal", "plan", "option"})
_NOT_TAKING = ("not-taking", "on-hold", "stopped")


class _Substance(msgspec.Struct, frozen=True):
    """What a record is about: the concepts of the medicine and of what is in it."""

    concepts: tuple[CodeableConcept, ...]
    display: str | None = None


def prescriptions(record: Record, context: Context) -> Iterator[Fact]:
    """Read a MedicationRequest.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    request = _decode_request(record.raw)
    if record.origin is Origin.DRAFTS or request.status == "draft":
        if request.status not in _NOT_ORDERED and not request.do_not_perform:
            yield from _facts(request, record, context, Times(), draft=True)
        return
    if request.status in _NO_EXPOSURE or request.intent in _NO_ORDER or request.do_not_perform:
        return
    authored = moment(request.authored_on)
    taken = [
        over(bounds(dosage.timing), context.now) for dosage in request.dosage_instruction or ()
    ]
    began = _earliest([one.began for one in taken]) or _prescribed_from(request, authored)
    ended = _latest([one.ended for one in taken])
    if request.status in _OVER:
        ended = ended or moment(request.status_changed) or _valid_until(request)
    yield from _facts(request, record, context, Times(authored or began, began, ended))


def statements(record: Record, context: Context) -> Iterator[Fact]:
    """Read a MedicationStatement; what is said not to be taken is no exposure now.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    statement = _decode_statement(record.raw)
    adherence = codes_of(statement.adherence.code) if statement.adherence else frozenset()
    if statement.status in _NO_EXPOSURE or "not-taking" in adherence:
        return
    stopped = any(code.startswith(_NOT_TAKING) for code in adherence)
    times = first(
        over(statement.effective_period, context.now),
        statement.effective_date_time,
        on(statement.effective_timing, context.now),
        statement.date_asserted,
    )
    known = _facts(statement, record, context, times, is_over=stopped)
    yield from _at(statement.context, known, context)


def administrations(record: Record, context: Context) -> Iterator[Fact]:
    """Read a MedicationAdministration; a completed one ended when it was given.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    given = _decode_administration(record.raw)
    if given.status in _NO_EXPOSURE:
        return
    times = first(
        over(given.effective_period or given.occurence_period, context.now),
        given.effective_date_time,
        given.occurence_date_time,
        on(given.occurence_timing, context.now),
    )
    began = times.began or times.at
    ended = times.ended
    if given.status in _OVER:
        ended = ended or times.at
    known = _facts(given, record, context, Times(times.at, began, ended))
    yield from _at(given.context, known, context)


def _facts(
    use: Medicated,
    record: Record,
    context: Context,
    times: Times,
    *,
    draft: bool = False,
    is_over: bool = False,
) -> Iterator[Fact]:
    """One fact of a record of use, when rules ask for anything in the medicine."""
    substance = _substance(use, record, context)
    texts = [text for one in substance.concepts for text in words_of(one)]
    if substance.display:
        texts.append(substance.display)
    coded = chain.from_iterable(map(context.relevance.of, substance.concepts))
    named = chain.from_iterable(map(context.hearing.prose.medicines, texts))
    said = context.hearing.read(texts)
    label = next(filter(None, map(label_of, substance.concepts)), substance.display or "")
    known = Fact(
        source=Source.DRAFT if draft else Source.MEDICATION,
        reference=record.reference,
        label=label,
        concepts=frozenset((*coded, *named)),
        mentions=() if draft else said.mentions,
        state=State.UNKNOWN if use.status == "unknown" else State.PRESENT,
        progress=Progress.PENDING,
        in_encounter=context.is_current(use.encounter),
        placed=record.placed,
    )
    if known.concepts or known.mentions:
        if not draft:
            known = replace(known, progress=_progress(use, times, context, is_over=is_over))
        yield times.put(known, context.now)


def _at(encounter: Reference | None, facts: Iterator[Fact], context: Context) -> Iterator[Fact]:
    """Where R4 has ``context``, it tells the encounter."""
    for one in facts:
        yield replace(one, in_encounter=one.in_encounter or context.is_current(encounter))


def _progress(use: Medicated, times: Times, context: Context, *, is_over: bool) -> Progress:
    """What has not begun is no exposure yet; what was stopped or has ended is past."""
    if times.is_ahead(context.now):
        return Progress.PENDING
    past = is_over or use.status in _OVER or times.is_over(context.now)
    return Progress.PAST if past else Progress.ACTIVE


def _substance(use: Medicated, record: Record, context: Context) -> _Substance:
    concepts = [use.medication_codeable_concept]
    reference = use.medication_reference
    if use.medication is not None:
        concepts.append(use.medication.concept)
        reference = reference or use.medication.reference
    if reference is not None:
        find = partial(context.collection.medication, record)
        concepts += substances(reference.reference, find)
    found = tuple(one for one in concepts if one is not None)
    return _Substance(found, reference.display if reference else None)


def _prescribed_from(request: MedicationRequest, authored: Moment | None) -> Moment | None:
    """When the medicine was first prescribed; a renewal does not tell."""
    if is_sent(request.prior_prescription):
        return None
    dispense = request.dispense_request
    return (start_of(dispense.validity_period) if dispense else None) or authored


def _valid_until(request: MedicationRequest) -> Moment | None:
    return end_of(request.dispense_request.validity_period) if request.dispense_request else None


def _earliest(moments: list[Moment | None]) -> Moment | None:
    known = [one for one in moments if one is not None]
    return min(known, key=lambda one: one.at) if known else None


def _latest(moments: list[Moment | None]) -> Moment | None:
    """The last end; None when any of the dosages goes on."""
    if not moments or any(one is None for one in moments):
        return None
    return max((one for one in moments if one is not None), key=lambda one: one.at)
