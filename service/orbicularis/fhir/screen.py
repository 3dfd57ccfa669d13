"""The first look at a resource: can the rules use it at all?"""

from collections.abc import Callable, Iterable, Iterator

from orbicularis.fhir.concepts import words_of
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.structs.element import (
    CodeableConcept,
    CodeableReference,
    is_sent,
)
from orbicularis.fhir.structs.glance import CodedPart, EncounterReason, Glance
from orbicularis.fhir.structs.medication import Medication
from orbicularis.fhir.text.prose import LONGEST, Prose

MEDICATION_USES = frozenset(
    {"MedicationRequest", "MedicationStatement", "MedicationAdministration"}
)

_Concepts = Iterable[CodeableConcept | None]

_concept: Decode[CodeableConcept | None] = Decode(CodeableConcept | None)
_concepts: Decode[list[CodeableConcept] | None] = Decode(list[CodeableConcept] | None)
_parts: Decode[list[CodedPart] | None] = Decode(list[CodedPart] | None)
_reasons: Decode[list[EncounterReason] | None] = Decode(list[EncounterReason] | None)
_medicine: Decode[CodeableReference | None] = Decode(CodeableReference | None)


class Screen:
    """Dismisses what no rule asks for, by its codes and by its words."""

    def __init__(self, relevance: Relevance, prose: Prose) -> None:
        """Keep the indexes."""
        self._relevance = relevance
        self._prose = prose
        self._by_kind: dict[str, Callable[[Glance], bool]] = {
            "Observation": self._observation,
            "Condition": self._located,
            "Procedure": self._located,
            "Encounter": self._encounter,
            "FamilyMemberHistory": self._family,
            "ServiceRequest": self._ordered,
            "DiagnosticReport": self._ordered,
            **dict.fromkeys(MEDICATION_USES, self._medicine),
        }
        self.kinds = frozenset(self._by_kind)

    def is_relevant(self, glance: Glance) -> bool:
        """Tell whether anything in it may be of use.

        Raises:
            Unreadable: when a part that tells is misshapen.
        """
        return self._by_kind[glance.resource_type or ""](glance)

    def is_relevant_medication(self, medication: Medication) -> bool:
        """Tell whether a Medication, or anything in it, is an ingredient or class asked for."""
        ingredients = medication.ingredient or ()
        concepts = [
            medication.code,
            *(one.item_codeable_concept for one in ingredients),
            *(one.item.concept for one in ingredients if one.item),
        ]
        return self._is_medicine(concepts)

    def is_overlong(self, glance: Glance) -> bool:
        """Tell whether it holds a text of which only the first part is searched."""
        texts = [*_texts((glance.code,)), glance.value_string or ""]
        for part in _components(glance):
            texts += [part.value_string or "", *_texts((part.code,))]
        return any(len(text) > LONGEST for text in texts)

    def _observation(self, glance: Glance) -> bool:
        code, value = glance.code, glance.value_codeable_concept
        if self._relevance.concerns(code) or self._relevance.concerns(value):
            return True
        texts = [*words_of(code), *words_of(value)]
        if glance.value_string:
            texts.append(glance.value_string)
        if is_sent(glance.body_site):
            texts += words_of(_concept(glance.body_site))
        return self._is_named(texts) or any(map(self._part, _components(glance)))

    def _part(self, part: CodedPart) -> bool:
        concepts = (part.code, part.value_codeable_concept)
        return self._is_coded(concepts) or self._is_named(
            [*_texts(concepts), part.value_string or ""]
        )

    def _located(self, glance: Glance) -> bool:
        """A Condition or a Procedure: its code, with the words of its body sites."""
        if self._relevance.concerns(glance.code) or self._relevance.orders(glance.code):
            return True
        sites = (_concepts(glance.body_site) or ()) if is_sent(glance.body_site) else ()
        return self._is_named(_texts((glance.code, *sites)))

    def _encounter(self, glance: Glance) -> bool:
        reasons = list(encounter_reasons(glance))
        return self._is_coded(reasons) or self._is_named(_texts(reasons))

    def _family(self, glance: Glance) -> bool:
        parts = (_parts(glance.condition) or ()) if is_sent(glance.condition) else ()
        return self._is_coded([part.code for part in parts])

    def _ordered(self, glance: Glance) -> bool:
        meaning = glance.code.meaning if glance.code else None
        return self._relevance.concerns(meaning) or bool(self._relevance.orders(meaning))

    def _medicine(self, glance: Glance) -> bool:
        concepts = [glance.medication_codeable_concept]
        reference = glance.medication_reference
        if is_sent(glance.medication):
            shape = _medicine(glance.medication)
            concepts.append(shape.concept if shape else None)
            reference = reference or (shape.reference if shape else None)
        if reference and reference.display:
            concepts.append(CodeableConcept(text=reference.display))
        return self._is_medicine(concepts) or self._is_named(_texts(concepts))

    def _is_medicine(self, concepts: _Concepts) -> bool:
        return self._is_coded(concepts) or any(
            self._prose.may_name_medicine(text) for text in _texts(concepts)
        )

    def _is_coded(self, concepts: _Concepts) -> bool:
        return any(map(self._relevance.concerns, concepts))

    def _is_named(self, texts: list[str]) -> bool:
        return bool(texts) and self._prose.may_name_finding(texts)


def medication_reference(glance: Glance) -> str | None:
    """The reference to a Medication, in its R4 or R5 place."""
    reference = glance.medication_reference
    if reference is None and is_sent(glance.medication):
        shape = _medicine(glance.medication)
        reference = shape.reference if shape else None
    return reference.reference if reference else None


def encounter_reasons(glance: Glance) -> Iterator[CodeableConcept]:
    """The reasons of an Encounter, in their R4 and R5 places."""
    if is_sent(glance.reason_code):
        yield from _concepts(glance.reason_code) or ()
    if is_sent(glance.reason):
        yield from stated_reasons(_reasons(glance.reason) or ())


def stated_reasons(reasons: Iterable[EncounterReason]) -> Iterator[CodeableConcept]:
    """The concepts of R5 reasons."""
    for reason in reasons:
        for value in reason.value or ():
            if value.concept is not None:
                yield value.concept


def _components(glance: Glance) -> Iterable[CodedPart]:
    return (_parts(glance.component) or ()) if is_sent(glance.component) else ()


def _texts(concepts: _Concepts) -> list[str]:
    return [words for concept in concepts for words in words_of(concept)]

