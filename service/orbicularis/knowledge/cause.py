"""Causes: the entries of the differential, each with its evidence and workup."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from orbicularis.knowledge.base import Id, Knowledge, KnowledgeFile, Strength, Text, Urgency


class Category(StrEnum):
    """Groups of causes; a benign trigger never stands above a cause with a sign."""

    BENIGN_TRIGGER = "benign-trigger"
    METABOLIC = "metabolic"
    FACIAL_NERVE = "facial-nerve"
    CENTRAL = "central"
    MOVEMENT_DISORDER = "movement-disorder"
    GENETIC = "genetic"
    FUNCTIONAL = "functional"
    MEDICATION = "medication"
    EMERGENCY = "emergency"
    OTHER = "other"


class Prior(StrEnum):
    """How often the cause stands behind the presenting finding."""

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"


class When(StrEnum):
    """Which state of the finding the evidence speaks of."""

    PRESENT = "present"
    ABSENT = "absent"


class Evidence(Knowledge):
    """A finding counted for or against a cause.

    Attributes:
        finding: id of the finding.
        when: the state that counts; present unless said otherwise.
        for_: strength with which it supports the cause (YAML key ``for``).
        against: strength with which it opposes the cause.
        reason: why, in a few words that a card can show.
        defines: True when the finding is the cause by definition, or its recorded diagnosis:
            the cause is then well supported, unless something strong speaks against it.
        group: of correlated evidence that shares a group only the strongest counts.
        references: ids of ``references.yaml``, or ``clinical-consensus`` (which counts
            up to the service's cap only).
    """

    finding: Id
    when: When = When.PRESENT
    for_: Annotated[Strength | None, Field(alias="for")] = None
    against: Strength | None = None
    defines: bool = False
    reason: Text
    group: Id | None = None
    references: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_one_direction(self) -> Self:
        if (self.for_ is None) == (self.against is None):
            raise ValueError("give exactly one of for and against")
        if self.defines and self.for_ is None:
            raise ValueError("only evidence for a cause can define it")
        return self

    @property
    def strength(self) -> Strength:
        """The band, whichever direction it has."""
        strength = self.for_ or self.against
        assert strength is not None  # noqa: S101 - held by the validator
        return strength

    @property
    def supports(self) -> bool:
        """True when the evidence is for the cause."""
        return self.for_ is not None


class Workup(Knowledge):
    """Orders in tiers: at once, and if the first tier does not explain it."""

    first: tuple[Id, ...] = ()
    then: tuple[Id, ...] = ()


class Cause(KnowledgeFile):
    """One entry of the differential.

    Attributes:
        category: group, for reading and for what outranks a benign trigger.
        urgency: how soon the cause wants attention when it is supported.
        prior: how common it is behind the presenting finding.
        do_not_miss: a cause whose oversight harms.
        by_exclusion: stands below every other listed cause.
        known_by: findings that say that it has been diagnosed; once on record for the
            service's ``known_after`` and with nothing new it is not announced again.
        requires: findings without which it is not considered (absent removes it, unknown
            caps it at "possible").
        excluded_by: findings that remove it when present.
        evidence: findings for and against.
        advice: one or two sentences for the clinician.
        workup: orders in tiers.
        settled_by: what would settle it.
        more_general: ids of causes that this one, once supported, explains and precedes.
        look_alikes: ids of causes it is confused with.
        known_misses: when it is known to be overlooked.
    """

    category: Category
    urgency: Urgency
    prior: Prior
    do_not_miss: bool = False
    by_exclusion: bool = False
    known_by: tuple[Id, ...] = ()
    requires: tuple[Id, ...] = ()
    excluded_by: tuple[Id, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    advice: Text
    workup: Workup = Workup()
    settled_by: Text
    more_general: tuple[Id, ...] = ()
    look_alikes: tuple[Id, ...] = ()
    known_misses: tuple[Text, ...] = ()
