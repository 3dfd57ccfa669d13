"""How a finding is recognised, told one recogniser at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from orbicularis.authoring.said import range_said
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.draft import DraftPattern
from orbicularis.knowledge.file_kind import FINDING, MEASUREMENT, ORDER
from orbicularis.knowledge.finding import (
    ConditionPattern,
    CoursePattern,
    Criterion,
    Currency,
    DemographicPattern,
    MeasurementPattern,
    MedicationPattern,
    ObservationPattern,
    ProcedurePattern,
    Recogniser,
    TextPattern,
)
from orbicularis.pages.codes import CodeLine, code_lines
from orbicularis.pages.combination import Node, tree
from orbicularis.pages.limits import in_units
from orbicularis.pages.uses import Rule
from orbicularis.pages.words import said


@dataclass(frozen=True, slots=True)
class Threshold:
    """When one measurement shows a finding, and its absence; each in several units."""

    measurement: Rule
    present: tuple[str, ...]
    absent: tuple[str, ...]
    laboratory_range: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a finding shows.

    Attributes:
        title: what it is seen in.
        conditions: what else must hold, in words.
        codes: by which it is recorded.
        phrases: words in free text.
        thresholds: limits of measurements, the first that has a value decides.
        rules: rules it rests on.
        combination: of other findings.
    """

    title: str
    conditions: tuple[str, ...] = ()
    codes: tuple[CodeLine, ...] = ()
    phrases: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    rules: tuple[Rule, ...] = ()
    combination: Node | None = None


_CURRENT = {
    Currency.NOW: "now",
    Currency.HISTORY: "in the past",
    Currency.EVER: "now or in the past",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Tells recognisers with the terms of one bundle."""

    bundle: Bundle

    def way(self, by: Recogniser) -> Way:
        """Tell one recogniser."""
        if by.combination is not None:
            return Way("A combination of other findings", combination=tree(by.combination))
        if by.family is not None:
            return Way("A relative's condition", codes=code_lines(by.family.codes, self.bundle))
        name = next(name for name in type(by).model_fields if getattr(by, name) is not None)
        told: Way = getattr(self, f"_{name}")(getattr(by, name))
        return told

    def _site(self, site: str | None) -> tuple[str, ...]:
        if site is None:
            return ()
        return (f"with the body site {self.bundle.language.sites[site].title}",)

    def _observation(self, pattern: ObservationPattern) -> Way:
        codes = code_lines(pattern.codes, self.bundle)
        return Way("An Observation", self._site(pattern.site), codes)

    def _condition(self, pattern: ConditionPattern) -> Way:
        conditions = (_CURRENT[pattern.when], *self._site(pattern.site))
        return Way("A Condition", conditions, code_lines(pattern.codes, self.bundle))

    def _procedure(self, pattern: ProcedurePattern) -> Way:
        within = () if pattern.within is None else (f"within {said(pattern.within)}",)
        return Way("A completed Procedure", within, code_lines(pattern.codes, self.bundle))

    def _medication(self, pattern: MedicationPattern) -> Way:
        spans = (
            ("started within", pattern.started_within),
            ("for at least", pattern.for_at_least),
            ("stopped within", pattern.stopped_within),
        )
        more = tuple(f"{words} {said(span)}" for words, span in spans if span is not None)
        conditions = (_CURRENT[pattern.exposure], *more)
        return Way("A medicine that is taken", conditions, code_lines(pattern.codes, self.bundle))

    def _draft(self, pattern: DraftPattern) -> Way:
        orders = tuple(Rule(ORDER, one) for one in pattern.orders)
        codes = code_lines(pattern.codes, self.bundle)
        return Way("An order that is being placed", codes=codes, rules=orders)

    def _measurement(self, pattern: MeasurementPattern) -> Way:
        conditions: tuple[str, ...] = ()
        if len(pattern.by) > 1:
            conditions = (
                "the first that has a value decides",
                f"a value newer by more than {said(pattern.overrules_within)} overrules",
            )
        return Way("A measurement", conditions, thresholds=tuple(map(self._threshold, pattern.by)))

    def _threshold(self, criterion: Criterion) -> Threshold:
        measurement = self.bundle.measurements[criterion.measurement]
        side = criterion.laboratory_range
        return Threshold(
            Rule(MEASUREMENT, criterion.measurement),
            in_units(criterion.present, criterion.unit, measurement),
            in_units(criterion.absent, criterion.unit, measurement),
            "" if side is None else side.value,
        )

    def _demographic(self, pattern: DemographicPattern) -> Way:
        return Way("Who the patient is", tuple(_person(pattern)))

    def _course(self, pattern: CoursePattern) -> Way:
        spans = (
            ("lasting at least", pattern.lasting_at_least),
            ("lasting under", pattern.lasting_under),
            ("began within", pattern.began_within),
        )
        words = tuple(f"{words} {said(span)}" for words, span in spans if span is not None)
        return Way("The course of", words, rules=tuple(Rule(FINDING, one) for one in pattern.of))

    def _text(self, pattern: TextPattern) -> Way:
        words = (
            ("together a word of each of the lists", pattern.together),
            ("without a word of the lists", pattern.without),
        )
        conditions = tuple(f"{how}: {', '.join(lists)}" for how, lists in words if lists)
        return Way("Words in free text", conditions, phrases=pattern.phrases)


def _person(pattern: DemographicPattern) -> Iterator[str]:
    if pattern.age_years is not None:
        yield f"age {range_said(pattern.age_years, 'years')}"
    if pattern.sex is not None:
        yield f"administrative sex {pattern.sex}"
