"""Reading of a chart: from a call with its undecoded data to facts."""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from orbicularis.facts.call import Call
from orbicularis.facts.chart import AnswerKind, Chart, Drafts, Person, may_hide_index
from orbicularis.facts.fact import Fact
from orbicularis.fhir.answers import Answers
from orbicularis.fhir.collection import Collection
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Unreadable
from orbicularis.fhir.drafts import PLACE, DraftOrders
from orbicularis.fhir.intake import Intake
from orbicularis.fhir.moments import Moment
from orbicularis.fhir.pages import pages_of
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
from orbicularis.fhir.text.hearing import Hearing
from orbicularis.fhir.text.prose import Prose
from orbicularis.fhir.uses import Uses, index_screen
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
        self._bundle = bundle
        self._relevance = Relevance(bundle)
        self._prose = Prose(bundle, self._relevance)
        self._answers = Answers(bundle)
        self._screen = Screen(self._relevance, self._prose)
        self._uses: dict[tuple[str, ...], Uses] = {}

    def read(self, call: Call, service: Service, now: datetime, *, in_full: bool = True) -> Chart:
        """Read the chart of one call; bad data are skipped and named, never fatal.

        Args:
            call: what the client sent, and what was fetched beside it.
            service: tells which sources there should be.
            now: the time of the call (aware).
            in_full: False to leave out all facts where nothing that was recorded may make the
                service speak, and nothing that may have done so was missed.
        """
        whose = Whose(call.patient_id)
        collection = Collection()
        intake = Intake(self._screen, self._uses_for(service), whose, collection)
        looked = [
            (pages, [intake.take(page, Origin.PREFETCH, pages.key) for page in pages.sources])
            for pages in pages_of(call, service)
        ]
        drafts = _take_context(call, intake, collection)
        intake.settle()
        answers = {pages.key: answer(pages, tallies) for pages, tallies in looked}
        missed = may_hide_index(answers.values(), collection.skipped)
        # What could not be read is told, where anything has to be, and that takes all of it.
        is_wanted = in_full or intake.may_speak or missed
        if is_wanted:
            intake.keep_plain_facts()
        who, birth = _person(collection, now)
        context = Context(
            relevance=self._relevance,
            hearing=Hearing(self._prose),
            answers=self._answers,
            collection=collection,
            whose=whose,
            now=now,
            encounter_id=call.encounter_id,
            birth=birth,
        )
        facts = dict.fromkeys(_facts(context) if is_wanted else ())
        return Chart(
            patient_id=call.patient_id,
            encounter_id=call.encounter_id,
            hook_instance=call.hook_instance,
            now=now,
            person=who,
            facts=tuple(facts),
            answers=answers,
            skipped=collection.skipped,
            of_others=len(collection.others),
            resources=intake.resources,
            drafts=drafts.seen(self._screen, collection.skipped) if drafts else Drafts.NOT_CARRIED,
        )

    def _uses_for(self, service: Service) -> Uses:
        uses = self._uses.get(service.index)
        if uses is None:
            index = index_screen(service, self._bundle, self._relevance, self._prose)
            uses = self._uses[service.index] = Uses(self._screen, index)
        return uses


def _take_context(call: Call, intake: Intake, collection: Collection) -> DraftOrders | None:
    """Take in what the hook itself carries: new problems, and drafts, which are no facts yet."""
    if call.problems is not None:
        place = "context.conditions"
        intake.take(_opened(call.problems, place, collection), Origin.PROBLEMS, place)
    if call.drafts is None:
        return None
    drafts = DraftOrders(_opened(call.drafts, PLACE, collection), call.selections)
    for name in drafts.unread:
        collection.skip(name, "no kind of order that is read")
    intake.take_drafts(drafts)
    return drafts


def _opened(value: msgspec.Raw, place: str, collection: Collection) -> Source:
    source = open_source(value)
    if source.kind is AnswerKind.FAILED:
        collection.skip(place, source.failure or "an OperationOutcome")
    return source


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
            context.collection.skip(record.reference, str(error), may_speak=record.may_speak)
