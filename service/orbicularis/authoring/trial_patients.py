"""Vignettes made ready to be assessed again and again: read once, with their own outcome."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orbicularis.authoring.suite import Case
from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.assessment import Hidden
from orbicularis.facts.chart import Chart
from orbicularis.reasoning.findings import Findings, Recognitions


@dataclass(frozen=True, slots=True, eq=False)
class TrialPatient:
    """A vignette as it was read.

    Attributes:
        case: the vignette, and where it stands.
        chart: what was read of it; no mutant changes the reading.
        answer: what comes out with the rules as they are.
        findings: every finding with the rules as they are.
    """

    case: Case
    chart: Chart
    answer: Answer
    findings: Findings

    def speaks(self, cause: str, line: int) -> bool:
        """Tell whether a line of evidence is heard in this patient."""
        return any(
            result.evidence[line].speaks
            for result in self.answer.assessment.causes
            if result.cause.id == cause
        )

    def hidden(self, cause: str) -> Hidden | None:
        """Tell why a cause is not listed; for a silent patient nothing supports it."""
        results = self.answer.assessment.causes
        found = [result.hidden for result in results if result.cause.id == cause]
        return found[0] if found else Hidden.NO_SUPPORT


class AlreadyFailing(Exception):
    """Vignettes fail with the rules as they are, so that they can notice nothing.

    Attributes:
        cases: those that fail.
    """

    def __init__(self, cases: tuple[Case, ...]) -> None:
        """Keep the cases."""
        super().__init__(cases)
        self.cases = cases

    def __str__(self) -> str:
        """Say how many there are, and which is the first."""
        first = self.cases[0]
        where = f'{first.file.as_posix()}, "{first.vignette.name}"'
        return f"{len(self.cases)} of the vignettes fail with the rules as they are: {where} ..."


def trial_patients(cases: Iterable[Case], engine: Engine) -> tuple[TrialPatient, ...]:
    """Run every vignette once.

    Raises:
        AlreadyFailing: when any of them fails.
    """
    failing: list[Case] = []
    patients = tuple(_patients(cases, engine, failing))
    if failing:
        raise AlreadyFailing(tuple(failing))
    return patients


def _patients(cases: Iterable[Case], engine: Engine, failing: list[Case]) -> Iterator[TrialPatient]:
    recognitions = Recognitions(engine.bundle)
    for case in cases:
        outcome = run(case.vignette, case.service, engine)
        if outcome.differences:
            failing.append(case)
        chart = outcome.answer.assessment.chart
        findings = Findings(chart, engine.bundle, recognitions)
        yield TrialPatient(case, chart, outcome.answer, findings)
