"""Words of CodeableConcepts."""

import re
from collections.abc import Iterable, Iterator

from orbicularis.fhir.structs.element import CodeableConcept

LONGEST_LABEL = 160
MOST_WORDINGS = 20
"""How many displays of one concept are read; more than a few codings are a mistake."""

_SEMANTIC_TAG = re.compile(
    r"\s*\((?:finding|disorder|situation|event|procedure|regime/therapy|observable entity|"
    r"body structure|morphologic abnormality|qualifier value|substance|product)\)\s*"
)
"""What ends the fully specified names of SNOMED CT; it is no word of the thing named."""


def words_of(concept: CodeableConcept | None) -> Iterator[str]:
    """Yield the text and every display of a concept, each wording once."""
    if concept is None:
        return
    text = concept.text
    if text:
        yield text
    for coding in (concept.coding or ())[:MOST_WORDINGS]:
        if coding.display and coding.display != text:
            yield _untagged(coding.display)


def _untagged(display: str) -> str:
    """A display without its semantic tag, which would part it from a site or an answer."""
    start = display.rfind("(")
    if start <= 0 or _SEMANTIC_TAG.fullmatch(display, start) is None:
        return display
    return display[:start].rstrip()


def label_of(concept: CodeableConcept | None) -> str:
    """How a record words a concept: its text, a display, else a code."""
    for words in words_of(concept):
        return shortened(words)
    for coding in (concept.coding or ()) if concept else ():
        if coding.code:
            return shortened(coding.code)
    return ""


def shortened(text: str) -> str:
    """Cut a text to the length of a label, on one line."""
    line = " ".join(text[: 4 * LONGEST_LABEL].split())
    return line if len(line) <= LONGEST_LABEL else line[: LONGEST_LABEL - 1] + "\u2026"


def codes_of(concept: CodeableConcept | str | None) -> frozenset[str]:
    """The bare codes of a concept from one of FHIR's own value sets, or its text if uncoded."""
    if concept is None:
        return frozenset()
    if isinstance(concept, str):
        return frozenset({concept.strip().lower()})
    codes = frozenset(coding.code for coding in concept.coding or () if coding.code)
    return codes or frozenset({(concept.text or "").strip().lower()})


def with_sites(concept: CodeableConcept | None, sites: Iterable[CodeableConcept]) -> list[str]:
    """The wordings of a concept, each with the words of the body sites: one statement each."""
    places = " ".join(dict.fromkeys(words for site in sites for words in words_of(site)))
    labels = list(dict.fromkeys(words_of(concept)))
    if not places:
        return labels
    return [f"{label.rstrip(' .;')} {places}" for label in labels] or [places]
