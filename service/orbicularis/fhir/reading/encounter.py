"""Encounters: their reasons are the chief complaint."""

from collections.abc import Iterator

from orbicularis.facts.fact import Fact, Source
from orbicularis.fhir.concepts import label_of, words_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.echoes import without_echoes
from orbicularis.fhir.moments import start_of
from orbicularis.fhir.record import Record
from orbicularis.fhir.references import same
from orbicularis.fhir.screen import stated_reasons
from orbicularis.fhir.structs.care import Encounter
from orbicularis.fhir.times import Times

_decode: Decode[Encounter] = Decode(Encounter)

_WITHDRAWN = frozenset({"cancelled", "entered-in-error"})


def reasons(record: Record, context: Context) -> Iterator[Fact]:
    """Read the reasons of an Encounter, as of its start.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    encounter = _decode(record.raw)
    if encounter.status in _WITHDRAWN:
        return
    times = Times(start_of(encounter.period) or start_of(encounter.actual_period))
    for reason in (*(encounter.reason_code or ()), *stated_reasons(encounter.reason or ())):
        said = context.hearing.read((), tuple(words_of(reason)))
        said = without_echoes(said, reason, context)
        known = Fact(
            source=Source.REASON,
            reference=record.reference,
            label=label_of(reason),
            concepts=context.relevance.of(reason),
            mentions=said.mentions,
            sites=said.sites,
            in_encounter=same(record.reference, context.encounter_id, "Encounter"),
        )
        if known.concepts or known.mentions:
            yield times.put(known, context.now)
