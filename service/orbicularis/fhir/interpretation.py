"""Observation.interpretation: a side of the reference range, or there and not there.

Codes are those of HL7 v3-ObservationInterpretation; words are their displays.
"""

from collections.abc import Iterable, Iterator

from orbicularis.facts.fact import State
from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.text.fold import fold
from orbicularis.knowledge.finding import Side

_SIDES = {
    "L": Side.LOW,
    "LL": Side.LOW,
    "low": Side.LOW,
    "H": Side.HIGH,
    "HH": Side.HIGH,
    "high": Side.HIGH,
    "N": Side.NORMAL,
    "normal": Side.NORMAL,
}
_STATES = {
    "POS": State.PRESENT,
    "positive": State.PRESENT,
    "DET": State.PRESENT,
    "detected": State.PRESENT,
    "A": State.PRESENT,
    "abnormal": State.PRESENT,
    "NEG": State.ABSENT,
    "negative": State.ABSENT,
    "ND": State.ABSENT,
    "not detected": State.ABSENT,
    "N": State.ABSENT,
    "normal": State.ABSENT,
}
_QUALIFIERS = ("critically ", "critical ", "significantly ")


def flag_of(interpretations: Iterable[CodeableConcept] | None) -> Side | None:
    """The side that the laboratory says; None when it says none, or two."""
    sides = {_SIDES[word] for word in _words(interpretations) if word in _SIDES}
    return sides.pop() if len(sides) == 1 else None


def state_of(interpretations: Iterable[CodeableConcept] | None) -> State | None:
    """Whether the thing is there; None when nothing is said of it, or both."""
    states = {_STATES[word] for word in _words(interpretations) if word in _STATES}
    return states.pop() if len(states) == 1 else None


def _words(interpretations: Iterable[CodeableConcept] | None) -> Iterator[str]:
    for concept in interpretations or ():
        codings = concept.coding or ()
        for coding in codings:
            if coding.code:
                yield coding.code.strip()
        for text in (concept.text, *(coding.display for coding in codings)):
            if text and len(text) <= 40:
                yield text.strip()
                yield _plain(fold(text))


def _plain(words: str) -> str:
    for qualifier in _QUALIFIERS:
        words = words.removeprefix(qualifier)
    return words
