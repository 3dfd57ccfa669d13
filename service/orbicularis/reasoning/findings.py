"""Findings of one chart, each evaluated once and only when something asks for it."""

from collections.abc import Iterator, Mapping

from orbicularis.facts.assessment import FindingResult
from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.finding import DemographicPattern, Finding, Recogniser
from orbicularis.reasoning.claim import Claim, weigh
from orbicularis.reasoning.expression import evaluate
from orbicularis.reasoning.fact_index import FactIndex
from orbicularis.reasoning.recognise_course import by_course
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


class Findings:
    """Look-up of finding results by id."""

    def __init__(self, chart: Chart, bundle: Bundle) -> None:
        """Arrange the chart's facts; nothing is evaluated yet."""
        self._chart = chart
        self._rules = bundle.findings
        self._asked = bundle.asked
        self.facts = FactIndex(chart)
        self.readings = Readings(self.facts, bundle.measurements, self)
        self._results: dict[str, FindingResult] = {}

    def __call__(self, finding_id: str) -> FindingResult:
        """Give the result of one finding."""
        result = self._results.get(finding_id)
        if result is None:
            result = self._results[finding_id] = self._evaluate(self._rules[finding_id])
        return result

    @property
    def evaluated(self) -> Mapping[str, FindingResult]:
        """Every finding that was asked for."""
        return self._results

    def _evaluate(self, finding: Finding) -> FindingResult:
        """Weigh what records say; combinations and courses then stand beside them.

        Of most findings no record of a chart says anything: that is told at one look.
        """
        keys = self._asked[finding.id]
        if keys is not None and not self.facts.speaks_of(finding.id, keys):
            return FindingResult(finding, State.UNKNOWN)
        claims = [one for by in finding.recognised_by for one in self._claims(by, finding)]
        derived = [
            result
            for by in finding.recognised_by
            if (result := self._derived(by, finding)) is not None
        ]
        return _any_of(finding, weigh(finding, claims, self._chart.now), derived)

    def _claims(self, by: Recogniser, finding: Finding) -> Iterator[Claim]:
        now = self._chart.now
        if by.observation is not None:
            yield from by_observation(by.observation, self.facts)
        elif by.condition is not None:
            yield from by_condition(by.condition, self.facts)
        elif by.text is not None:
            yield from by_text(finding.id, self.facts)
        elif by.measurement is not None:
            yield from by_measurement(by.measurement, self.readings, finding.valid, now)
        elif by.medication is not None:
            yield from by_medication(by.medication, self.facts, now)
        elif by.procedure is not None:
            yield from by_procedure(by.procedure, self.facts, now)
        elif by.family is not None:
            yield from by_family(by.family, self.facts)

    def _derived(self, by: Recogniser, finding: Finding) -> FindingResult | None:
        if by.combination is not None:
            return self._combined(finding, by.combination)
        if by.course is not None:
            return by_course(finding, by.course, map(self, by.course.of), self._chart.now)
        if by.demographic is not None:
            return FindingResult(finding, self._demographic(by.demographic))
        return None

    def _combined(self, finding: Finding, expression: Expression) -> FindingResult:
        outcome = evaluate(expression, self)
        is_present = outcome.state is State.PRESENT
        deciding = (*outcome.found, *outcome.ruled_out) if is_present else outcome.missing
        supports = tuple(
            dict.fromkeys(support for result in deciding for support in result.supports)
        )
        return FindingResult(finding, outcome.state, supports)

    def _demographic(self, pattern: DemographicPattern) -> State:
        person = self._chart.person
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
    return FindingResult(
        finding,
        state,
        tuple(dict.fromkeys(one for result in deciding for one in result.supports)),
        tuple(dict.fromkeys(one for result in every for one in result.undecided)),
    )
