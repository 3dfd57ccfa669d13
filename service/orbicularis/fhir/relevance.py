"""What of a chart the rules can use at all, compiled once from the bundle."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from copy import copy
from typing import Self

from orbicularis.fhir.structs.element import CodeableConcept, Coding
from orbicularis.fhir.text.fold import fold
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Finding
from orbicularis.terminology.code_index import CodeIndex
from orbicularis.terminology.system import CodeSystem


class Relevance:
    """The concepts that rules ask for, and the names of orders.

    The index holds every concept of the bundle, because an unlisted code means its nearest
    listed ancestor, whether a rule asks for that one or not; what no rule asks for is then
    left out.

    Attributes:
        asserting: keys whose mere record says that something is so.
        medicines: keys of ingredients and classes.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Collect the keys and build the index."""
        self._codes = CodeIndex(list(_systems(bundle)), _codes(bundle))
        self.asserting = frozenset(_asserting(bundle.findings.values()))
        self.medicines = frozenset(_medicines(bundle.findings.values()))
        self._wanted = self.asserting | self.medicines | _measured(bundle) | _ordered(bundle)
        self._fillers = frozenset(map(fold, bundle.language.order_fillers))
        self._orders: dict[frozenset[str], frozenset[str]] = {}
        for order in bundle.orders.values():
            for name in map(self._name, (order.text, *order.also_called)):
                self._orders[name] = self._orders.get(name, frozenset()) | {order.id}

    def narrowed(self, keys: AbstractSet[str]) -> Self:
        """The same codes, of which only these keys are asked for, and no orders."""
        narrow = copy(self)
        narrow.asserting &= keys
        narrow.medicines &= keys
        narrow._wanted = narrow._wanted & keys
        narrow._orders = {}
        return narrow

    def of(self, concept: CodeableConcept | None) -> frozenset[str]:
        """Keys that any coding of the concept means, as far as rules ask for them."""
        if concept is None or not concept.coding:
            return frozenset()
        return frozenset(self._keys(concept))

    def concerns(self, concept: CodeableConcept | None) -> bool:
        """Tell whether any coding means something that rules ask for."""
        return concept is not None and bool(concept.coding) and any(self._keys(concept))

    def unrecognised(self, concept: CodeableConcept) -> list[Coding]:
        """The codings that mean nothing that rules ask for, such as local ones."""
        return [
            coding
            for coding in concept.coding or ()
            if self._wanted.isdisjoint(self._codes.match(coding.system, coding.code))
        ]

    def orders(self, concept: CodeableConcept | None) -> frozenset[str]:
        """Ids of the orders whose name the concept carries as its text or as a display."""
        if concept is None:
            return frozenset()
        names = {concept.text, *(coding.display for coding in concept.coding or ())}
        found = (self._orders.get(self._name(name)) for name in names if name)
        return frozenset().union(*(ids for ids in found if ids))

    def _name(self, text: str) -> frozenset[str]:
        """The words that make up a name, in whatever order they are written."""
        return frozenset(fold(text[:_LONGEST_NAME]).split()) - self._fillers

    def _keys(self, concept: CodeableConcept) -> Iterator[str]:
        match, wanted = self._codes.match, self._wanted
        for coding in concept.coding or ():
            for key in match(coding.system, coding.code):
                if key in wanted:
                    yield key


_LONGEST_NAME = 500


def systems_of(bundle: Bundle, name: str) -> Iterator[str]:
    """URIs under which a code system is known, by its short name or any one of them."""
    for key, system in bundle.systems.items():
        uris = (system.uri, *system.aliases)
        if name == key or name in uris:
            yield from uris
            return
    yield name


def _systems(bundle: Bundle) -> Iterator[CodeSystem]:
    for key, system in bundle.systems.items():
        yield CodeSystem(
            key, system.uri, system.aliases, system.match, system.check_digit, system.pattern
        )


def _codes(bundle: Bundle) -> dict[str, list[tuple[str, str]]]:
    return {
        key: [(code.system, code.code) for code in concept.codes]
        for key, concept in bundle.concepts.items()
    }


def _asserting(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        for by in finding.recognised_by:
            for coded in (by.observation, by.condition, by.procedure, by.medication, by.family):
                if coded is not None:
                    yield from coded.codes


def _medicines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        for by in finding.recognised_by:
            for coded in (by.medication, by.draft):
                if coded is not None:
                    yield from coded.codes


def _measured(bundle: Bundle) -> frozenset[str]:
    return frozenset(key for one in bundle.measurements.values() for key in one.codes)


def _ordered(bundle: Bundle) -> frozenset[str]:
    return frozenset(
        key
        for order in bundle.orders.values()
        for key in (*order.satisfied_by, *((order.code,) if order.code else ()))
    )
