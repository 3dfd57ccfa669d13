"""Family history: the relatives', never the patient's."""

from collections.abc import Iterator

from orbicularis.facts.fact import Fact, Source
from orbicularis.fhir.concepts import label_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.record import Record
from orbicularis.fhir.structs.person import FamilyMemberHistory
from orbicularis.fhir.times import first

_decode: Decode[FamilyMemberHistory] = Decode(FamilyMemberHistory)

_TELLING = frozenset({None, "partial", "completed"})


def relatives(record: Record, context: Context) -> Iterator[Fact]:
    """Read the conditions of one relative; their words name no finding of the patient.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    history = _decode(record.raw)
    if history.status not in _TELLING:
        return
    who = label_of(history.relationship)
    for condition in history.condition or ():
        concepts = context.relevance.of(condition.code)
        if concepts:
            label = label_of(condition.code)
            known = Fact(
                source=Source.FAMILY,
                reference=record.reference,
                label=f"{label} ({who})" if who else label,
                concepts=concepts,
            )
            yield first(history.date).put(known, context.now)
