"""What a Medication is, and what is in it."""

from collections.abc import Callable, Iterator

from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.structs.medication import Ingredient, Medication

Find = Callable[[str | None], Medication | None]
"""Finds the Medication that a reference means, among what was sent."""


def substances(reference: str | None, find: Find) -> Iterator[CodeableConcept]:
    """Yield the concepts of a Medication and of its active ingredients.

    Raises:
        Unreadable: when what is referred to was sent but cannot be read.
    """
    medication = find(reference)
    if medication is None:
        return
    if medication.code is not None:
        yield medication.code
    for ingredient in medication.ingredient or ():
        if ingredient.is_active is not False:
            yield from _ingredient(ingredient, find)


def _ingredient(ingredient: Ingredient, find: Find) -> Iterator[CodeableConcept]:
    """The concept of R4 or R5, or that of the Medication referred to, or its display."""
    item = ingredient.item
    concept = ingredient.item_codeable_concept or (item.concept if item else None)
    if concept is not None:
        yield concept
    reference = ingredient.item_reference or (item.reference if item else None)
    if reference is not None:
        inner = find(reference.reference)
        if inner is not None and inner.code is not None:
            yield inner.code
        elif reference.display:
            yield CodeableConcept(text=reference.display)
