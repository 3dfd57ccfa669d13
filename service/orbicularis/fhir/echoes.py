"""Displays of recognised codes: the code tells what is meant, its display tells no more.

A display is the terminology's wording and not the clinician's: "Perioral spasm" is how one
terminology words what the rules know, by its code, as a twitching of the lips.
"""

from collections.abc import Iterable

from orbicularis.fhir.concepts import words_of
from orbicularis.fhir.context import Context
from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.text.hearing import Said


def without_echoes(
    said: Said, concept: CodeableConcept | None, context: Context, others: Iterable[str] = ()
) -> Said:
    """Leave out the findings that nothing but the display of a recognised code names.

    What the display says together with a body site or an answer stays, and so do the sites
    that it names.

    Args:
        said: what all words of an item say.
        concept: the concept whose displays are among these words.
        context: what may be looked up.
        others: words of the item that are not the concept's.
    """
    if not said.mentions or concept is None:
        return said
    own = CodeableConcept(context.relevance.unrecognised(concept), concept.text)
    spoken = list(words_of(own))
    displays = [words for words in words_of(concept) if words not in spoken]
    if not displays:
        return said
    echoes = context.hearing.named(displays) - context.hearing.named((*spoken, *others))
    return Said(tuple(one for one in said.mentions if one.finding not in echoes), said.sites)
