"""Reading of a chart: from a call with its undecoded data to facts."""

from collections.abc import Callable, Iterator
from datetime import datetime

from orbicularis.facts.call import Call
from orbicularis.facts.chart import AnswerKind, Chart, Person
from orbicularis.facts.fact import Fact
from orbicularis.fhir.answers import Answers
from orbicularis.fhir.collection import Collection
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Unreadable
from orbicularis.fhir.intake import Intake
from orbicularis.fhir.moments import Moment
from orbicularis.fhir.reading.condition import conditions
from orbicularis.fhir.reading.encounter import reasons
from orbicularis.fhir.reading.family import relatives
from orbicularis.fhir.reading.medication import administrations, prescriptions, statements
from orbicularis.fhir.reading.observation import observations
from orbicularis.fhir.reading.order import reports, requests
from orbicularis.fhir.reading.person import person
from orbicularis.fhir.reading.procedure import procedures
from orbicularis.fhir.record import Origin, Record
from orbicularis.fhir.references import Whose
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.screen import Screen
from orbicularis.fhir.source import Source, open_source
from orbicularis.fhir.source_answer import answer
from orbicularis.fhir.text.prose import Prose
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service

_READERS: dict[str, Callable[[Record, Context], Iterator[Fact]]] = {
    "Observation": observations,
    "Condition": conditions,
    "Procedure": procedures,
    "Encounter": reasons,
    "FamilyMemberHistory": relatives,
    "ServiceRequest": requests,
    "DiagnosticReport": reports,
    "MedicationRequest": prescriptions,
    "MedicationStatement": statements,
    "MedicationAdministration": administrations,
}


class Reader:
    """Reads charts for the rules of one bundle; holds nothing of any patient."""

    def __init__(self, bundle: Bundle) -> None:
        """Compile what the rules ask for: codes, terms, answers."""
        self._relevance = Relevance(bundle)
        self._prose = Prose(bundle, self._relevance)
        self._answers = Answers(bundle)
        self._screen = Screen(self._relevance, self._prose)

    def read(self, call: Call, service: Service, now: datetime) -> Chart:
        """Read the chart of one call; bad data are skipped and named, never fatal.

        Args:
            call: what the client sent.
            service: tells which sources there should be.
            now: the time of the call (aware).
        """
        whose = Whose(call.patient_id)
        collection = Collection()
        intake = Intake(self._screen, whose, collection)
        looked = [
            (key, index, source, intake.take(source, Origin.PREFETCH, key))
            for key, index, source in _sources(call, service)
        ]
        _take_context(call, intake, collection)
        intake.finish()
        who, birth = _person(collection, now)
        context = Context(
            relevance=self._relevance,
            prose=self._prose,
            answers=self._answers,
            collection=collection,
            whose=whose,
            now=now,
            encounter_id=call.encounter_id,
            birth=birth,
        )
        facts = dict.fromkeys(_facts(context))
        return Chart(
            patient_id=call.patient_id,
            encounter_id=call.encounter_id,
            hook_instance=call.hook_instance,
            now=now,
            person=who,
            facts=tuple(facts),
            answers={
                key: answer(key, source, tally, index=index) for key, index, source, tally in looked
            },
            skipped=collection.skipped,
            of_others=len(collection.others),
            resources=intake.resources,
        )


def _sources(call: Call, service: Service) -> Iterator[tuple[str, bool | None, Source]]:
    """Every key that the service asks for, then those that the client chose itself."""
    for key, prefetch in service.prefetch.items():
        if key in call.prefetch:
            yield key, prefetch.index, open_source(call.prefetch[key])
        else:
            yield key, prefetch.index, Source(AnswerKind.NOT_PROVIDED)
    for key in call.prefetch:
        if key not in service.prefetch:
            yield key, None, open_source(call.prefetch[key])


def _take_context(call: Call, intake: Intake, collection: Collection) -> None:
    """Take in what the hook itself carries: drafts that are no facts yet, and new problems."""
    for place, value, origin in (
        ("context.draftOrders", call.drafts, Origin.DRAFTS),
        ("context.conditions", call.problems, Origin.PROBLEMS),
    ):
        if value is not None:
            source = open_source(value)
            if source.kind is AnswerKind.FAILED:
                collection.skip(place, source.failure or "an OperationOutcome")
            intake.take(source, origin, place)


def _person(collection: Collection, now: datetime) -> tuple[Person, Moment | None]:
    """The patient; of several copies without an id the first that can be read."""
    for record in sorted(collection.records, key=lambda one: one.reference):
        if record.kind == "Patient":
            try:
                return person(record, now)
            except Unreadable as error:
                collection.skip(record.reference, str(error))
    return Person(), None


def _facts(context: Context) -> Iterator[Fact]:
    for record in context.collection.records:
        read = _READERS.get(record.kind)
        if read is None:
            continue
        try:
            yield from list(read(record, context))
        except Unreadable as error:
            context.collection.skip(record.reference, str(error))
