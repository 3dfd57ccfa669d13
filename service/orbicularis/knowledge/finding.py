"""Findings: what is present, absent or unknown in one patient, and how FHIR data show it."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from orbicularis.knowledge.base import Id, Knowledge, KnowledgeFile, Text
from orbicularis.knowledge.draft import DraftPattern
from orbicularis.knowledge.expression import Expression

Codes = Annotated[tuple[Id, ...], Field(min_length=1)]
"""Keys of the terminology table; any code of any key counts."""


class Kind(StrEnum):
    """What sort of thing a finding is; shown to readers, and decides what outranks a trigger."""

    SYMPTOM = "symptom"
    SIGN = "sign"
    LABORATORY = "laboratory"
    EXPOSURE = "exposure"
    PROCEDURE = "procedure"
    CONDITION = "condition"
    DEMOGRAPHIC = "demographic"
    COURSE = "course"
    CIRCUMSTANCE = "circumstance"


class Currency(StrEnum):
    """Whether a record must hold now, must be past, or may be either."""

    NOW = "now"
    HISTORY = "history"
    EVER = "ever"


class ObservationPattern(Knowledge):
    """An Observation with one of the codes: as its code, or as the answer to a question.

    As a code it counts with a positive value; as a coded value it is the answer. ``site``
    names a body site of ``language.yaml`` that the bodySite or the text must name when the
    code itself does not.
    """

    codes: Codes
    site: Id | None = None


class ConditionPattern(Knowledge):
    """A Condition; resolved and inactive ones count as history and only there."""

    codes: Codes
    when: Currency = Currency.NOW
    site: Id | None = None


class ProcedurePattern(Knowledge):
    """A completed Procedure, within ``within`` of now when that is given."""

    codes: Codes
    within: timedelta | None = None


class MedicationPattern(Knowledge):
    """Exposure to an ingredient or class; a draft order is never an exposure.

    ``started_within`` and ``for_at_least`` look at the start of the exposure; without a
    known start they are unknown. ``stopped_within`` is how long past exposure still counts.
    """

    codes: Codes
    exposure: Currency = Currency.NOW
    started_within: timedelta | None = None
    for_at_least: timedelta | None = None
    stopped_within: timedelta | None = None


class Range(Knowledge):
    """An open or closed range of a number; at least one end is given."""

    below: float | None = None
    at_most: float | None = None
    above: float | None = None
    at_least: float | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if {self.below, self.at_most, self.above, self.at_least} == {None}:
            raise ValueError("a range needs one of below, at_most, above, at_least")
        return self

    def holds(self, value: float) -> bool:
        """Tell whether the number lies in the range."""
        return (
            (self.below is None or value < self.below)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.at_least is None or value >= self.at_least)
        )


class Side(StrEnum):
    """On which side of the laboratory's own reference range the finding lies."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Criterion(Knowledge):
    """When a measured quantity shows the finding, and when it shows its absence.

    A value in neither range is a grey zone and leaves the finding unknown. With
    ``laboratory_range`` the resource's own reference range decides when there is one, and
    the interpretation code counts when there is no usable number or it lies in neither range;
    the fixed ranges serve where the laboratory gives none. Never set it where a finding means
    "severe".
    """

    measurement: Id
    unit: Text
    present: Range
    absent: Range
    laboratory_range: Side | None = None


class MeasurementPattern(Knowledge):
    """A measured quantity; of several criteria the first that has a value decides.

    A later criterion is still heard when its value is newer than the first one's by more
    than ``overrules_within`` (ionised calcium overrules a total of the same 24 hours).
    """

    by: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    overrules_within: timedelta = timedelta(hours=24)


class DemographicPattern(Knowledge):
    """Age in completed years within a range, administrative sex, or both."""

    age_years: Range | None = None
    sex: Annotated[str, Field(pattern="^(male|female)$")] | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.age_years is None and self.sex is None:
            raise ValueError("a demographic needs age_years, sex, or both")
        return self


class CoursePattern(Knowledge):
    """How long the findings in ``of`` have lasted, or how lately they began.

    ``lasting`` compares the days since the earliest known onset; an unknown onset leaves
    it unknown. ``began_within`` holds when the onset lies within that time, or when the
    onset is unknown and the record is that fresh, belongs to the encounter in context, or
    has no date at all (an unknown onset is treated as new, because that is the safe side).
    """

    of: Annotated[tuple[Id, ...], Field(min_length=1)]
    lasting_at_least: timedelta | None = None
    lasting_under: timedelta | None = None
    began_within: timedelta | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        given = [self.lasting_at_least, self.lasting_under, self.began_within]
        if sum(part is not None for part in given) != 1:
            raise ValueError("a course needs one of lasting_at_least, lasting_under, began_within")
        return self


class TextPattern(Knowledge):
    """Words in free text, in displays and in local codes' texts.

    ``phrases`` are words in order: ``*`` at a word's end allows any ending, ``...``
    allows up to five words in between, ``{name}`` stands for any entry of that word list.
    ``together`` names word lists of which each must have an entry in the same statement,
    in any order. ``without`` names word lists that must have none there.
    """

    phrases: tuple[Text, ...] = ()
    together: tuple[Id, ...] = ()
    without: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not self.phrases and not self.together:
            raise ValueError("a text pattern needs phrases or together")
        return self


class Recogniser(Knowledge):
    """One way in which a finding shows; exactly one key is given."""

    observation: ObservationPattern | None = None
    condition: ConditionPattern | None = None
    procedure: ProcedurePattern | None = None
    medication: MedicationPattern | None = None
    draft: DraftPattern | None = None
    measurement: MeasurementPattern | None = None
    demographic: DemographicPattern | None = None
    course: CoursePattern | None = None
    text: TextPattern | None = None
    family: ConditionPattern | None = None
    combination: Expression | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                "give exactly one of "
                + ", ".join(type(self).model_fields)
                + (f"; found {', '.join(given)}" if given else "")
            )
        return self


class Valid(Knowledge):
    """How long a record keeps speaking; without a time it has no limit."""

    present: timedelta | None = None
    absent: timedelta | None = None


class Finding(KnowledgeFile):
    """Something about one patient that is present, absent or unknown.

    Attributes:
        kind: symptom, sign, laboratory, exposure ...
        phrase: how a card says it, in lower case, without a full stop.
        recognised_by: any one of these shows the finding.
        valid: look-backs for a present and for an absent record.
        known_misses: when this is known not to be recognised.
    """

    kind: Kind
    phrase: Text
    recognised_by: Annotated[tuple[Recogniser, ...], Field(min_length=1)]
    valid: Valid = Valid()
    known_misses: tuple[Text, ...] = ()
