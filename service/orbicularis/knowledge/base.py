"""What every piece of knowledge has in common."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A kebab-case identifier; for a knowledge file it equals the file's stem."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Prose that may not be empty."""

CONSENSUS = "clinical-consensus"
"""Stands in a list of references where no measured value is confirmed."""


class Knowledge(BaseModel):
    """A frozen piece of the rules that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Status(StrEnum):
    """Release state of a knowledge file; only active ones are served by default."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Strength(StrEnum):
    """Likelihood-ratio band of a finding (about 10, 5 and 2; evidence-based medicine)."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Urgency(StrEnum):
    """The three indicators of a CDS Hooks card, in order of increasing urgency."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for critical."""
        return ("info", "warning", "critical").index(self.value)


class KnowledgeFile(Knowledge):
    """The head that every knowledge file carries.

    Attributes:
        id: identifier; equals the file's stem.
        title: name as a clinician would say it.
        status: draft, active or retired.
        version: raised whenever the content changes.
        reviewed: date on which it was last held against its sources (ISO 8601); whether
            clinicians have reviewed the rules is told in ``bundle.yaml``.
        references: ids of ``references.yaml``, or ``clinical-consensus``.
        known_false_positives: when this is known to be wrongly recognised or named.
    """

    id: Id
    title: Text
    status: Status
    version: Annotated[int, Field(ge=1)]
    reviewed: date
    references: Annotated[tuple[Id, ...], Field(min_length=1)]
    known_false_positives: tuple[Text, ...] = ()
