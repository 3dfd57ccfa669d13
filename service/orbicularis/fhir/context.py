"""What readers of single records share during one call."""

from datetime import datetime

import msgspec

from orbicularis.fhir.answers import Answers
from orbicularis.fhir.collection import Collection
from orbicularis.fhir.moments import Moment
from orbicularis.fhir.references import Whose, same
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.structs.element import Reference
from orbicularis.fhir.text.hearing import Hearing


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader may look up.

    Attributes:
        relevance: which concepts a coding means.
        hearing: finds terms in text.
        answers: what answers mean.
        collection: resources that others refer to.
        whose: tells whose a record is.
        now: the time against which dates are held.
        encounter_id: the encounter in context.
        birth: when the patient was born.
    """

    relevance: Relevance
    hearing: Hearing
    answers: Answers
    collection: Collection
    whose: Whose
    now: datetime
    encounter_id: str | None = None
    birth: Moment | None = None

    def is_current(self, *references: Reference | None) -> bool:
        """Tell whether a record belongs to the encounter in context."""
        return any(
            reference is not None and same(reference.reference, self.encounter_id, "Encounter")
            for reference in references
        )
