"""How one finding is recognised: each of its ways made ready, once for all charts."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from orbicularis.facts.assessment import FindingResult, Support
from orbicularis.facts.chart import Chart, Person
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.finding import DemographicPattern, Finding, Recogniser
from orbicularis.reasoning.claim import Claim, weigh
from orbicularis.reasoning.expression import Lookup, combination
from orbicularis.reasoning.fact_index import FactIndex
from orbicularis.reasoning.recognise_course import by_course
from orbicularis.reasoning.recognise_drafts import by_draft
from orbicularis.reasoning.recognise_measurements import by_measurement
from orbicularis.reasoning.recognise_records import (
    by_condition,
    by_family,
    by_medication,
    by_observation,
    by_procedure,
    by_text,
)
from orbicularis.reasoning.values import Readings


class Seen(NamedTuple):
    """What a finding may be recognised in.

    Attributes:
        chart: the whole of it.
        facts: its facts by what they are about.
        readings: its measured values.
        lookup: gives other findings.
    """

    chart: Chart
    facts: FactIndex
    readings: Readings
    lookup: Lookup


Claims = Callable[[Seen], Iterable[Claim]]
"""What records say, by one way of recognising a finding."""

Derived = Callable[[Seen], FindingResult]
"""What follows from other findings, from time, from drafts or from who the patient is."""


class Recognition:
    """A finding with its ways of being recognised, ready for use."""

    __slots__ = ("_claims", "_derived", "_finding")

    def __init__(self, finding: Finding, bundle: Bundle) -> None:
        """Make the ways ready."""
        self._finding = finding
        self._claims = tuple(_claims(finding))
        self._derived = tuple(_derived(finding, bundle))

    def result(self, seen: Seen, *, is_spoken_of: bool) -> FindingResult:
        """Weigh what records say; what follows from other findings then stands beside that.

        Args:
            seen: what there is.
            is_spoken_of: False when no record carries a key or a word of the finding.
        """
        if is_spoken_of:
            claims = [one for way in self._claims for one in way(seen)]
            recorded = weigh(self._finding, claims, seen.chart.now)
        else:
            recorded = FindingResult(self._finding, State.UNKNOWN)
        if not self._derived:
            return recorded
        return _any_of(self._finding, recorded, [way(seen) for way in self._derived])


def _claims(finding: Finding) -> Iterator[Claims]:
    for by in finding.recognised_by:
        way = _from_records(by, finding)
        if way is not None:
            yield way


def _from_records(by: Recogniser, finding: Finding) -> Claims | None:
    if (observation := by.observation) is not None:
        return lambda seen: by_observation(observation, seen.facts)
    if (condition := by.condition) is not None:
        return lambda seen: by_condition(condition, seen.facts)
    if by.text is not None:
        return lambda seen: by_text(finding.id, seen.facts)
    if (measured := by.measurement) is not None:
        return lambda seen: by_measurement(measured, seen.readings, finding.valid, seen.chart.now)
    if (medication := by.medication) is not None:
        return lambda seen: by_medication(medication, seen.facts, seen.chart.now)
    if (procedure := by.procedure) is not None:
        return lambda seen: by_procedure(procedure, seen.facts, seen.chart.now)
    if (family := by.family) is not None:
        return lambda seen: by_family(family, seen.facts)
    return None


def _derived(finding: Finding, bundle: Bundle) -> Iterator[Derived]:
    for by in finding.recognised_by:
        way = _from_others(by, finding, bundle)
        if way is not None:
            yield way


def _from_others(by: Recogniser, finding: Finding, bundle: Bundle) -> Derived | None:
    if by.combination is not None:
        return _combined(finding, by.combination)
    if (draft := by.draft) is not None:
        return lambda seen: by_draft(finding, draft, seen.facts, bundle.orders)
    if (course := by.course) is not None:
        return lambda seen: by_course(finding, course, map(seen.lookup, course.of), seen.chart.now)
    if (pattern := by.demographic) is not None:
        return lambda seen: FindingResult(finding, fits(pattern, seen.chart.person))
    return None


def _combined(finding: Finding, expression: Expression) -> Derived:
    combined = combination(expression)

    def way(seen: Seen) -> FindingResult:
        outcome = combined(seen.lookup)
        is_present = outcome.state is State.PRESENT
        deciding = (*outcome.found, *outcome.ruled_out) if is_present else outcome.missing
        return FindingResult(finding, outcome.state, _supports(deciding))

    return way


def fits(pattern: DemographicPattern, person: Person) -> State:
    """Tell whether a person has the age and sex asked for; unknown where these are."""
    answers = []
    if pattern.age_years is not None:
        age = person.age_years
        answers.append(None if age is None else pattern.age_years.holds(age))
    if pattern.sex is not None:
        answers.append(None if person.sex is None else person.sex == pattern.sex)
    if False in answers:
        return State.ABSENT
    return State.UNKNOWN if None in answers else State.PRESENT


def _any_of(
    finding: Finding, recorded: FindingResult, derived: list[FindingResult]
) -> FindingResult:
    """Present when any way of recognising it is; absent when records or all others say so."""
    every = [recorded, *derived]
    states = {result.state for result in derived}
    state = State.UNKNOWN
    if State.PRESENT in {recorded.state, *states}:
        state = State.PRESENT
    elif recorded.state is State.ABSENT or states == {State.ABSENT}:
        state = State.ABSENT
    known = state is not State.UNKNOWN
    deciding = [result for result in every if known and result.state is state]
    undecided = tuple(dict.fromkeys(one for result in every for one in result.undecided))
    return FindingResult(finding, state, _supports(deciding), undecided)


def _supports(results: Iterable[FindingResult]) -> tuple[Support, ...]:
    """What several results rest on, each fact once."""
    return tuple(dict.fromkeys(support for result in results for support in result.supports))
