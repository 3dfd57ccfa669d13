"""Procedures: what was done."""

from collections.abc import Iterator

from orbicularis.facts.fact import Fact, Progress, Source
from orbicularis.fhir.concepts import label_of, shortened, with_sites
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.echoes import without_echoes
from orbicularis.fhir.moments import at_age, at_ages
from orbicularis.fhir.record import Record
from orbicularis.fhir.structs.procedure import Procedure
from orbicularis.fhir.times import Times, first, on, over

_decode: Decode[Procedure] = Decode(Procedure)

_PROGRESS = {
    None: Progress.FINAL,
    "completed": Progress.FINAL,
    "preparation": Progress.PENDING,
    "in-progress": Progress.PENDING,
    "on-hold": Progress.PENDING,
    "unknown": Progress.PRELIMINARY,
}
"""Whatever else (not-done, stopped, entered-in-error) was not done."""


def procedures(record: Record, context: Context) -> Iterator[Fact]:
    """Read a Procedure; performed[x] is R4, occurrence[x] R5.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    procedure = _decode(record.raw)
    progress = _PROGRESS.get(procedure.status)
    if progress is None:
        return
    labels = with_sites(procedure.code, procedure.body_site or ())
    said = without_echoes(context.hearing.read(labels), procedure.code, context)
    known = Fact(
        source=Source.PROCEDURE,
        reference=record.reference,
        label=shortened(labels[0]) if labels else label_of(procedure.code),
        concepts=context.relevance.of(procedure.code),
        mentions=said.mentions,
        orders=context.relevance.orders(procedure.code),
        sites=said.sites,
        progress=progress,
        in_encounter=context.is_current(procedure.encounter),
    )
    if known.concepts or known.mentions or known.orders:
        yield _times(procedure, context).put(known, context.now)


def _times(procedure: Procedure, context: Context) -> Times:
    return first(
        procedure.performed_date_time,
        over(procedure.performed_period, context.now),
        procedure.occurrence_date_time,
        over(procedure.occurrence_period, context.now),
        on(procedure.occurrence_timing, context.now),
        Times(at_age(procedure.performed_age or procedure.occurrence_age, context.birth)),
        Times(at_ages(procedure.performed_range or procedure.occurrence_range, context.birth)),
        procedure.recorded,
    )
