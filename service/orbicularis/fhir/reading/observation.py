"""Observations: what was asked, what was answered, and in which parts."""

from collections.abc import Iterator

from msgspec.structs import replace

from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.fhir.concepts import label_of, shortened, with_sites
from orbicularis.fhir.context import Context
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.echoes import without_echoes
from orbicularis.fhir.interpretation import flag_of, state_of
from orbicularis.fhir.reading.answer import Answer, answer_to
from orbicularis.fhir.record import Record
from orbicularis.fhir.references import local
from orbicularis.fhir.structs.observation import Component, Measured, Observation
from orbicularis.fhir.text.hearing import Said
from orbicularis.fhir.times import Times, first, on, over

_decode: Decode[Observation] = Decode(Observation)

_WITHDRAWN = frozenset({"entered-in-error", "cancelled"})
_PROGRESS = {
    None: Progress.FINAL,
    "final": Progress.FINAL,
    "amended": Progress.FINAL,
    "corrected": Progress.FINAL,
    "registered": Progress.PENDING,
}
"""Any other status (preliminary, unknown) counts for a finding and never against it."""

_OTHER_PERSONS = ("Patient/", "RelatedPerson/", "Practitioner/", "Group/")


def observations(record: Record, context: Context) -> Iterator[Fact]:
    """Read an Observation and its components, each with a code of its own, as facts.

    Raises:
        Unreadable: when a part that is read is misshapen.
    """
    observation = _decode(record.raw)
    if observation.status in _WITHDRAWN:
        return
    if _is_about_somebody_else(observation, context):
        context.collection.others.add(record.reference)
        return
    panel = _panel(record, context)
    times = _times(observation, context) or (_times(panel, context) if panel else Times())
    frame = Fact(
        source=Source.OBSERVATION,
        reference=record.reference,
        label="",
        progress=_PROGRESS.get(observation.status, Progress.PRELIMINARY),
        in_encounter=context.is_current(observation.encounter, panel.encounter if panel else None),
    )
    frame = times.put(frame, context.now)
    for item in (observation, *(observation.component or ())):
        known = _item(item, observation, frame, context)
        if known.concepts or known.answers or known.mentions:
            yield known


def _item(item: Measured, whole: Observation, frame: Fact, context: Context) -> Fact:
    """Read one question with its answer."""
    labels = with_sites(item.code, [whole.body_site] if whole.body_site else [])
    answer = answer_to(item, context)
    told = _told(item, answer)
    said = _said(labels, answer, told, context)
    said = without_echoes(said, item.code, context, answer.words)
    said = without_echoes(said, item.value_codeable_concept, context, labels)
    label = shortened(labels[0]) if labels else label_of(item.code)
    if answer.words:
        label = shortened(": ".join(part for part in (label, answer.words[0]) if part))
    known = replace(
        frame,
        label=label,
        concepts=context.relevance.of(item.code),
        answers=answer.concepts,
        mentions=said.mentions,
        sites=said.sites,
        quantity=answer.quantity,
        flag=flag_of(item.interpretation),
    )
    if told is None:
        told = _default(item, answer, whole, known, labels[:1], context)
    return replace(known, state=told)


def _said(labels: list[str], answer: Answer, told: State | None, context: Context) -> Said:
    """What label and answer name; an answer that is yes or no may go on to say more."""
    if told is None:
        return context.hearing.read(labels, answer.words)
    said = context.hearing.read(labels, (), told)
    return said.joined(context.hearing.read((), answer.words)) if answer.words else said


def _told(item: Measured, answer: Answer) -> State | None:
    """What value, reason for its absence or interpretation say in so many words."""
    if answer.state is not None:
        return answer.state
    if not answer.is_given and item.data_absent_reason is not None:
        return State.UNKNOWN
    if answer.quantity is None and not answer.words and not answer.concepts:
        told = state_of(item.interpretation)
        if told is not None:
            return told
    unanswered = isinstance(item, Component) and not answer.is_given
    return State.UNKNOWN if unanswered and not item.interpretation else None


def _default(
    item: Measured,
    answer: Answer,
    whole: Observation,
    known: Fact,
    labels: list[str],
    context: Context,
) -> State:
    """What an item says that is neither yes nor no.

    A finding's code asserts the finding, whatever else is told of it, unless the words of the
    answer negate it; a question without an answer leaves everything open.
    """
    if answer.concepts:
        return State.PRESENT
    if answer.words:
        return context.hearing.prose.state("".join(labels), answer.words[0])
    if answer.is_given or known.flag is not None:
        return State.PRESENT
    is_panel = item is whole and (whole.component or whole.has_member)
    asserts = not known.concepts or not known.concepts.isdisjoint(context.relevance.asserting)
    return State.PRESENT if is_panel or asserts else State.UNKNOWN


def _times(observation: Observation, context: Context) -> Times:
    return first(
        observation.effective_date_time,
        over(observation.effective_period, context.now),
        observation.effective_instant,
        on(observation.effective_timing, context.now),
        observation.issued,
    )


def _panel(record: Record, context: Context) -> Observation | None:
    """The record that contains this one, or names it as a member: it may lend its date."""
    holder = context.collection.panel(record)
    if holder is None:
        return None
    try:
        return _decode(holder.raw)
    except Unreadable:
        return None


def _is_about_somebody_else(observation: Observation, context: Context) -> bool:
    """Tell whether its focus is another person than the patient, such as a donor."""
    focuses = [one.reference for one in observation.focus or () if one.reference]
    return bool(focuses) and all(
        local(focus).startswith(_OTHER_PERSONS) and not context.whose.is_own(focus)
        for focus in focuses
    )
