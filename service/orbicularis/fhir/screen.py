"""The first look at a resource: can the rules use it at all?"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from orbicularis.fhir.concepts import words_of
from orbicularis.fhir.decoding import Decode, Part
from orbicularis.fhir.plain import MEDICATION_USES, plain_code
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.structs.element import (
    ABSENT,
    CodeableConcept,
    CodeableReference,
    CodeOrReference,
    Reference,
    is_sent,
)
from orbicularis.fhir.structs.glance import CodedPart, EncounterReason, Glance
from orbicularis.fhir.text.prose import LONGEST, Prose

_Concepts = Iterable[CodeableConcept | None]

_concept: Decode[CodeableConcept | None] = Decode(CodeableConcept | None)
_code: Decode[CodeOrReference | None] = Decode(CodeOrReference | None)
_text: Decode[str | None] = Decode(str | None)
_concepts: Decode[list[CodeableConcept] | None] = Decode(list[CodeableConcept] | None)
_parts: Decode[list[CodedPart] | None] = Decode(list[CodedPart] | None)
_reasons: Decode[list[EncounterReason] | None] = Decode(list[EncounterReason] | None)
_medicine: Decode[CodeableReference | None] = Decode(CodeableReference | None)
_reference: Decode[Reference | None] = Decode(Reference | None)


class Screen:
    """Dismisses what no rule asks for, by its codes and by its words.

    Attributes:
        kinds: resource types that are read.
    """

    def __init__(self, relevance: Relevance, prose: Prose) -> None:
        """Keep the indexes."""
        self._relevance = relevance
        self._prose = prose
        # Functions and not methods, which would lead back here: rules that are no longer served
        # are let go without the collector.
        self._by_kind: dict[str, Callable[[Screen, Glance], bool]] = {
            "Observation": Screen._observation,
            "Condition": Screen._located,
            "Procedure": Screen._located,
            "Encounter": Screen._encounter,
            "FamilyMemberHistory": Screen._family,
            "ServiceRequest": Screen._ordered,
            "DiagnosticReport": Screen._ordered,
            **dict.fromkeys(MEDICATION_USES, Screen._medicine),
        }
        self.kinds = frozenset(self._by_kind)

    def is_relevant(self, kind: str, glance: Glance) -> bool:
        """Tell whether anything in a resource of a kind that is read may be of use.

        Raises:
            Unreadable: when a part that tells is misshapen.
        """
        return self._by_kind[kind](self, glance)

    def is_medicine(self, concepts: list[CodeableConcept]) -> bool:
        """Tell whether any of the concepts is an ingredient or class asked for."""
        return self._is_coded(concepts) or any(
            self._prose.may_name_medicine(text) for text in _texts(concepts)
        )

    def says_what(self, kind: str, glance: Glance) -> bool:
        """Tell whether an order says what it is, in words or by a code that rules ask for.

        Raises:
            Unreadable: when a part that tells is misshapen.
        """
        if kind == "ServiceRequest":
            code = _coded(glance)
            concepts = [code.meaning] if code else []
        else:
            concepts = _medicines(glance)
            if _medication_reference(glance).reference:
                return True
        return bool(_texts(concepts)) or self._is_coded(concepts)

    def is_overlong(self, glance: Glance) -> bool:
        """Tell whether it holds a text of which only the first part is searched.

        Raises:
            Unreadable: when a part that tells is misshapen.
        """
        parts = (glance.code, glance.value_string, glance.component, glance.reason_code)
        if all(memoryview(part).nbytes <= LONGEST for part in parts):
            return False
        texts = [*_texts((_coded(glance), *encounter_reasons(glance))), _written(glance)]
        for part in _components(glance):
            texts += [part.value_string or "", *_texts((part.code,))]
        return any(len(text) > LONGEST for text in texts)

    def _observation(self, glance: Glance) -> bool:
        code = _coded(glance)
        if self._relevance.concerns(code):
            return True
        if plain_code("Observation", glance) is not None:
            return self._is_named(_texts((code,)))
        value = _if_sent(_concept, glance.value_codeable_concept)
        if self._relevance.concerns(value):
            return True
        site = _if_sent(_concept, glance.body_site)
        if self._is_named([*_texts((code, value, site)), _written(glance)]):
            return True
        return any(self._part(part, site) for part in _components(glance))

    def _part(self, part: CodedPart, site: CodeableConcept | None) -> bool:
        concepts = (part.code, part.value_codeable_concept)
        return self._is_coded(concepts) or self._is_named(
            [*_texts((*concepts, site)), part.value_string or ""]
        )

    def _located(self, glance: Glance) -> bool:
        """A Condition or a Procedure: its code, with the words of its body sites."""
        code = _coded(glance)
        if self._relevance.concerns(code) or self._relevance.orders(code):
            return True
        return self._is_named(_texts((code, *(_if_sent(_concepts, glance.body_site) or ()))))

    def _encounter(self, glance: Glance) -> bool:
        reasons = list(encounter_reasons(glance))
        return self._is_coded(reasons) or self._is_named(_texts(reasons))

    def _family(self, glance: Glance) -> bool:
        parts = _if_sent(_parts, glance.condition) or ()
        return self._is_coded([part.code for part in parts])

    def _ordered(self, glance: Glance) -> bool:
        code = _coded(glance)
        meaning = code.meaning if code else None
        return self._relevance.concerns(meaning) or bool(self._relevance.orders(meaning))

    def _medicine(self, glance: Glance) -> bool:
        concepts = _medicines(glance)
        return self.is_medicine(concepts) or self._is_named(_texts(concepts))

    def _is_coded(self, concepts: _Concepts) -> bool:
        return any(map(self._relevance.concerns, concepts))

    def _is_named(self, texts: list[str]) -> bool:
        return bool(texts) and self._prose.may_name_finding(texts)


def medication_reference(glance: Glance) -> str | None:
    """The reference to a Medication that alone tells what the medicine is.

    Raises:
        Unreadable: when a part that tells is misshapen.
    """
    reference = _medication_reference(glance)
    return None if reference.display else reference.reference


def encounter_reasons(glance: Glance) -> Iterator[CodeableConcept]:
    """The reasons of an Encounter, in their R4 and R5 places.

    Raises:
        Unreadable: when they are misshapen.
    """
    yield from _if_sent(_concepts, glance.reason_code) or ()
    reasons = _if_sent(_reasons, glance.reason)
    yield from stated_reasons(reasons or ())


def stated_reasons(reasons: Iterable[EncounterReason]) -> Iterator[CodeableConcept]:
    """The concepts of R5 reasons."""
    for reason in reasons:
        for value in reason.value or ():
            if value.concept is not None:
                yield value.concept


def _medicines(glance: Glance) -> list[CodeableConcept]:
    """What a record of use itself says of the medicine, in its R4 or R5 place."""
    shape = _if_sent(_medicine, glance.medication)
    stated = (
        _if_sent(_concept, glance.medication_codeable_concept),
        shape.concept if shape else None,
    )
    concepts = [concept for concept in stated if concept is not None]
    display = _medication_reference(glance).display
    if display:
        concepts.append(CodeableConcept(text=display))
    return concepts


def _medication_reference(glance: Glance) -> Reference:
    """The reference to a Medication, in its R4 or R5 place; an empty one when there is none."""
    reference = _if_sent(_reference, glance.medication_reference)
    shape = _if_sent(_medicine, glance.medication)
    return reference or (shape.reference if shape else None) or Reference()


def _coded(glance: Glance) -> CodeOrReference | None:
    return _if_sent(_code, glance.code)


def _written(glance: Glance) -> str:
    return _if_sent(_text, glance.value_string) or ""


def _components(glance: Glance) -> Iterable[CodedPart]:
    return _if_sent(_parts, glance.component) or ()


def _texts(concepts: _Concepts) -> list[str]:
    return [words for concept in concepts for words in words_of(concept)]


def _if_sent(decode: Decode[Part], raw: msgspec.Raw) -> Part | None:
    return decode(raw) if raw is not ABSENT and is_sent(raw) else None
