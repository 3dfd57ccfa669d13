"""Of what use a resource is to a service: of none, as a fact, or as what may make it speak.

A chart in which nothing can make the service speak need not be read any further, and most
charts are such. Charts of a site name the same tests again and again: what the code of a plain
resource decides is remembered for as long as the rules are served, by a fingerprint that tells
nothing of the code.
"""

import secrets
from collections import defaultdict
from enum import IntEnum

from orbicularis.fhir.plain import CODE_OF, plain_code
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.screen import Screen
from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.structs.glance import Glance
from orbicularis.fhir.text.prose import LONGEST, Prose
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service

MOST_REMEMBERED = 20_000
"""How many codes are remembered of each kind of resource; then it starts anew."""


class Use(IntEnum):
    """What a resource is to a service."""

    NONE = 0
    FACT = 1
    INDEX = 2


class Uses:
    """Tells the use of resources for one service."""

    def __init__(self, screen: Screen, index: Screen | None) -> None:
        """Start with nothing remembered.

        Args:
            screen: tells what the rules can use at all.
            index: tells what may show an index finding; None when such a finding needs no
                record.
        """
        self._screen = screen
        self._index = index
        self._salt = secrets.token_bytes(16)
        self._remembered: dict[str, dict[int, Use]] = defaultdict(dict)

    def remembered(self, kind: str, glance: Glance) -> Use | None:
        """The use that is known without looking; None when it is not."""
        code_of = CODE_OF.get(kind)
        code = code_of(glance) if code_of is not None else None
        return None if code is None else self._remembered[kind].get(hash(self._salt + code))

    def of(self, kind: str, glance: Glance) -> Use:
        """Look at a resource of a kind that is read.

        Raises:
            Unreadable: when a part that tells is misshapen.
        """
        use = self._looked(kind, glance)
        code = plain_code(kind, glance)
        if code is not None and len(code) <= LONGEST:
            remembered = self._remembered[kind]
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()
            remembered[hash(self._salt + code)] = use
        return use

    def of_medicine(self, concepts: list[CodeableConcept]) -> Use:
        """Tell the use of a record by what its medicine consists of."""
        if not self._screen.is_medicine(concepts):
            return Use.NONE
        may_speak = self._index is None or self._index.is_medicine(concepts)
        return Use.INDEX if may_speak else Use.FACT

    def _looked(self, kind: str, glance: Glance) -> Use:
        if not self._screen.is_relevant(kind, glance):
            return Use.NONE
        may_speak = self._index is None or self._index.is_relevant(kind, glance)
        return Use.INDEX if may_speak else Use.FACT


def index_screen(
    service: Service, bundle: Bundle, relevance: Relevance, prose: Prose
) -> Screen | None:
    """The screen that lets through only what may show an index finding of the service.

    None when an index finding may follow from who the patient is, or from what is being
    ordered: then every chart has to be read.
    """
    asked = bundle.asked
    findings = asked.rests_on(service.index)
    if not findings.isdisjoint(asked.situational):
        return None
    keys = frozenset(key for key, shown in asked.by_key.items() if not shown.isdisjoint(findings))
    return Screen(relevance.narrowed(keys), prose.narrowed(findings, keys))
