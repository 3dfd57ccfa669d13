"""Answers that say just present, absent or unknown, as codes or as words."""

import re

from orbicularis.facts.fact import State
from orbicularis.fhir.relevance import systems_of
from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.text.fold import fold
from orbicularis.knowledge.bundle import Bundle

_LONGEST = 400
_FIRST_PART = re.compile(r"[,;.:()\u2013\u2014\n]|\s-\s")


class Answers:
    """The answers of ``language.yaml``, ready for look-up."""

    def __init__(self, bundle: Bundle) -> None:
        """Arrange codes by system and code, words by their folded form."""
        answers = bundle.language.answers
        self._codes: dict[tuple[str, str], State] = {}
        for pairs, state in (
            (answers.present_codes, State.PRESENT),
            (answers.absent_codes, State.ABSENT),
        ):
            for pair in pairs:
                system, _, code = pair.rpartition("|")
                for uri in systems_of(bundle, system):
                    self._codes[uri, code] = state
        words_by_state = (
            (answers.unknown_words, State.UNKNOWN),
            (answers.absent_words, State.ABSENT),
            (answers.present_words, State.PRESENT),
        )
        self._words = {
            form: state
            for words, state in words_by_state
            for word in words
            for form in _forms(word)
        }

    def of_words(self, text: str) -> State | None:
        """What a written answer says; None when it says something else.

        The whole text counts, or what stands before its first comma, colon, bracket or stop.
        """
        state = self.of_whole(text)
        if state is None:
            start = text[:_LONGEST].strip()
            state = self.of_whole(_FIRST_PART.split(start, maxsplit=1)[0])
        return state

    def of_whole(self, text: str) -> State | None:
        """What a written answer says that says nothing else."""
        if len(text) > _LONGEST:
            return None
        states = (self._words.get(form) for form in _forms(text))
        return next((state for state in states if state is not None), None)

    def of_concept(self, concept: CodeableConcept) -> State | None:
        """What a coded answer says; None when it says something else."""
        codings = concept.coding or ()
        for coding in codings:
            state = self._codes.get((coding.system or "", coding.code or ""))
            if state is not None:
                return state
        for words in (concept.text, *(coding.display for coding in codings)):
            state = self.of_words(words) if words else None
            if state is not None:
                return state
        return None


def _forms(text: str) -> tuple[str, ...]:
    """The answer as it is ("+", "n/a") and its folded words, as far as there are any."""
    return tuple(form for form in (text.strip().casefold(), fold(text)) if form)
