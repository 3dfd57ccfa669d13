"""Which patients a mutant can touch at all: all others come out as before."""

from collections.abc import Callable, Iterable, Iterator

from orbicularis.authoring.mutant import Mutant
from orbicularis.authoring.trial_patients import TrialPatient
from orbicularis.facts.assessment import FindingResult, Hidden
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.finding import Criterion, Finding
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.expression import Outcome, combination
from orbicularis.reasoning.findings import Findings, Recognitions

_UNLISTED_ANYWAY = (Hidden.NO_SUPPORT, Hidden.BELOW_CUT_OFF)

Touches = Callable[[TrialPatient], bool]
"""Tells whether anything may come out otherwise for a patient."""


def touches(mutant: Mutant, bundle: Bundle) -> Touches:
    """Say whom a mutant can touch; a patient in doubt is touched.

    Args:
        mutant: the change.
        bundle: the rules as they are.
    """
    match mutant.rule:
        case Cause(id=cause_id) if mutant.at is not None:
            line = mutant.at
            return lambda patient: patient.speaks(cause_id, line)
        case RedFlag(id=flag, when=after):
            return _otherwise_met(bundle.red_flags[flag].when, after)
        case Service() as service:
            return _of_service(bundle.services[service.id], service)
        case Finding() as finding:
            return _of_finding(bundle.findings[finding.id], finding, mutant.within(bundle))
        case Cause() as cause:
            return _of_exclusions(bundle.causes[cause.id], cause)
        case _:
            return lambda patient: True


def _otherwise_met(before: Expression, after: Expression) -> Touches:
    was, now = combination(before), combination(after)
    return lambda patient: (
        bool(patient.answer.assessment.index)
        and was(patient.findings).state is not now(patient.findings).state
    )


def _of_exclusions(before: Cause, after: Cause) -> Touches:
    """What excludes a cause acts when present, what it requires when that is not there."""
    excluding = set(before.excluded_by) - set(after.excluded_by)
    required = set(before.requires) - set(after.requires)
    return lambda patient: (
        any(patient.findings(one).state is State.PRESENT for one in excluding)
        or (
            any(patient.findings(one).state is not State.PRESENT for one in required)
            and patient.hidden(after.id) not in _UNLISTED_ANYWAY
        )
    )


def _of_service(before: Service, after: Service) -> Touches:
    pairs = [
        (was.when, now.when)
        for was, now in zip(before.baseline, after.baseline, strict=True)
        if was != now
    ]
    if before.warns_when != after.warns_when and before.warns_when and after.warns_when:
        pairs.append((before.warns_when, after.warns_when))
    met = [_otherwise_met(was, now) for was, now in pairs]
    return lambda patient: (
        patient.case.service == after.id and any(differs(patient) for differs in met)
    )


def _of_finding(before: Finding, after: Finding, changed: Bundle) -> Touches:
    """A combination is compared by itself; what is measured is recognised anew."""
    pairs = zip(before.recognised_by, after.recognised_by, strict=True)
    was, now = next((was, now) for was, now in pairs if was != now)
    if was.combination is not None and now.combination is not None:
        first, then = combination(was.combination), combination(now.combination)
        return lambda patient: _met(first(patient.findings)) != _met(then(patient.findings))
    measured = was.measurement.by if was.measurement is not None else ()
    recognitions = Recognitions(changed)
    return lambda patient: (
        (not measured or any(map(patient.findings.readings.of, _ids(measured))))
        and _said(patient.findings(after.id))
        != _said(Findings(patient.chart, changed, recognitions)(after.id))
    )


def _ids(criteria: Iterable[Criterion]) -> Iterator[str]:
    return (criterion.measurement for criterion in criteria)


def _met(outcome: Outcome) -> tuple[object, ...]:
    """What others can make of an outcome: its state, and the records that make it present."""
    if outcome.state is not State.PRESENT:
        return (outcome.state,)
    results = (*outcome.found, *outcome.ruled_out)
    return outcome.state, frozenset(fact for one in results for fact in _facts(one))


def _facts(result: FindingResult) -> Iterator[str]:
    return (support.fact.reference for support in result.supports)


def _said(result: FindingResult) -> tuple[object, ...]:
    """What a result tells, but for the rule itself, which is another one."""
    return result.state, result.supports, result.undecided


def nearest_first(patients: tuple[TrialPatient, ...], mutant: Mutant) -> Iterator[TrialPatient]:
    """Yield the patients beside the changed rule, then all others."""
    beside = f"{mutant.of}.test.yaml"
    yield from (one for one in patients if one.case.file.as_posix() == beside)
    yield from (one for one in patients if one.case.file.as_posix() != beside)
