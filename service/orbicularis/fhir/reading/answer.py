"""The answer of an Observation or a component, whatever kind of value it was sent as."""

import msgspec

from orbicularis.facts.fact import Quantity, State
from orbicularis.fhir.concepts import words_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.quantities import from_quantity, from_text, with_range
from orbicularis.fhir.structs.element import CodeableConcept, is_sent
from orbicularis.fhir.structs.observation import Measured


class Answer(msgspec.Struct, frozen=True):
    """What was answered.

    Attributes:
        state: present, absent or unknown, when the answer says just that; a count of none
            is an absence.
        quantity: the number, when there is one.
        concepts: keys that a coded answer means.
        words: the wordings of an answer that says more than yes or no, or that too.
        is_given: True when there is an answer at all.
    """

    state: State | None = None
    quantity: Quantity | None = None
    concepts: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    is_given: bool = True


_NONE = Answer(is_given=False)


def answer_to(item: Measured, context: Context) -> Answer:
    """Read the value of an item."""
    if item.value_boolean is not None:
        return Answer(State.PRESENT if item.value_boolean else State.ABSENT)
    if item.value_quantity is not None:
        return _counted(with_range(from_quantity(item.value_quantity), item))
    if item.value_integer is not None:
        return _counted(with_range(Quantity(float(item.value_integer)), item))
    if item.value_codeable_concept is not None:
        return _coded(item.value_codeable_concept, context)
    if item.value_string is not None:
        return _written(item.value_string, item, context)
    return Answer() if _has_other_value(item) else _NONE


def _counted(quantity: Quantity) -> Answer:
    if quantity.value is None:
        return Answer(quantity=quantity, is_given=False)
    is_none = quantity.value == 0 and quantity.comparator is None
    return Answer(State.ABSENT if is_none else State.PRESENT, quantity)


def _coded(concept: CodeableConcept, context: Context) -> Answer:
    """A bare code that no rule knows may mean "no" as well as "yes"."""
    state = context.answers.of_concept(concept)
    if state is not None:
        return Answer(state)
    words, concepts = tuple(words_of(concept)), context.relevance.of(concept)
    if not words and not concepts and concept.coding:
        return Answer(State.UNKNOWN)
    return Answer(concepts=concepts, words=words, is_given=bool(words or concept.coding))


def _written(text: str, item: Measured, context: Context) -> Answer:
    if not text.strip():
        return _NONE
    number = from_text(text)
    if number is not None:
        return _counted(with_range(number, item))
    state = context.answers.of_words(text)
    is_all = context.answers.of_whole(text) is not None
    return Answer(state, words=() if is_all else (text,))


def _has_other_value(item: Measured) -> bool:
    return any(
        is_sent(part)
        for part in (
            item.value_range,
            item.value_ratio,
            item.value_sampled_data,
            item.value_time,
            item.value_date_time,
            item.value_period,
            item.value_attachment,
            item.value_reference,
        )
    )
