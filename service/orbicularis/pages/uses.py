"""Where each rule is used by others: the rules' references, turned round."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.expression import findings_in
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    MEASUREMENT,
    ORDER,
    RED_FLAG,
    SERVICE,
    FileKind,
)
from orbicularis.knowledge.finding import Finding, Recogniser
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.service import Service


class Rule(NamedTuple):
    """One rule, by its kind and id."""

    kind: FileKind
    id: str


class Use(NamedTuple):
    """One use of a rule: by which other, and as what."""

    by: Rule
    how: str


_Pair = tuple[Rule, str]
"""What is used, and as what."""


def uses(bundle: Bundle) -> Mapping[Rule, tuple[Use, ...]]:
    """List for each rule which others name it, in the order of kinds and ids, each once."""
    found: dict[Rule, dict[Use, None]] = {}
    for by, (used, how) in _all(bundle):
        found.setdefault(used, {})[Use(by, how)] = None
    return {used: tuple(several) for used, several in found.items()}


def _all(bundle: Bundle) -> Iterator[tuple[Rule, _Pair]]:
    for key, cause in sorted(bundle.causes.items()):
        yield from ((Rule(CAUSE, key), pair) for pair in _of_cause(cause))
    for key, flag in sorted(bundle.red_flags.items()):
        by = Rule(RED_FLAG, key)
        yield from ((by, (Rule(FINDING, one), "its condition")) for one in findings_in(flag.when))
        yield from ((by, (Rule(ORDER, one), "what it asks for")) for one in flag.orders)
        yield from ((by, (Rule(CAUSE, one), "points to it")) for one in flag.points_to)
    for key, finding in sorted(bundle.findings.items()):
        yield from ((Rule(FINDING, key), pair) for pair in _of_finding(finding))
    for key, order in sorted(bundle.orders.items()):
        by = Rule(ORDER, key)
        yield from ((by, (Rule(FINDING, one), "its result answers it")) for one in order.answers)
    for key, measurement in sorted(bundle.measurements.items()):
        yield from ((Rule(MEASUREMENT, key), pair) for pair in _of_measurement(measurement))
    for key, service in sorted(bundle.services.items()):
        yield from ((Rule(SERVICE, key), pair) for pair in _of_service(service))


def _of_cause(cause: Cause) -> Iterator[_Pair]:
    for line in cause.evidence:
        direction = "for" if line.supports else "against"
        state = "" if line.when.value == "present" else " when absent"
        yield Rule(FINDING, line.finding), f"{direction}, {line.strength.value}{state}"
    yield from ((Rule(FINDING, one), "required") for one in cause.requires)
    yield from ((Rule(FINDING, one), "excludes it") for one in cause.excluded_by)
    yield from ((Rule(FINDING, one), "its recorded diagnosis") for one in cause.known_by)
    yield from ((Rule(ORDER, one), "first tier") for one in cause.workup.first)
    yield from ((Rule(ORDER, one), "then") for one in cause.workup.then)
    yield from ((Rule(CAUSE, one), "a look-alike") for one in cause.look_alikes)
    yield from ((Rule(CAUSE, one), "explains and precedes it") for one in cause.more_general)


def _of_finding(finding: Finding) -> Iterator[_Pair]:
    for by in finding.recognised_by:
        yield from _of_recogniser(by)


def _of_recogniser(by: Recogniser) -> Iterator[_Pair]:
    if by.combination is not None:
        yield from ((Rule(FINDING, one), "a part of it") for one in findings_in(by.combination))
    if by.course is not None:
        yield from ((Rule(FINDING, one), "whose course it is") for one in by.course.of)
    if by.measurement is not None:
        for criterion in by.measurement.by:
            yield Rule(MEASUREMENT, criterion.measurement), "a limit of it"
    if by.draft is not None:
        yield from ((Rule(ORDER, one), "being ordered") for one in by.draft.orders)


def _of_measurement(measurement: Measurement) -> Iterator[_Pair]:
    corrected = measurement.corrected
    if corrected is not None:
        yield Rule(MEASUREMENT, corrected.measured), "what it corrects"
        yield Rule(MEASUREMENT, corrected.albumin), "what it corrects by"
        for one in corrected.unreliable_with:
            yield Rule(FINDING, one), "makes it not to be relied on"


def _of_service(service: Service) -> Iterator[_Pair]:
    yield from ((Rule(FINDING, one), "makes it speak") for one in service.index)
    if service.warns_when is not None:
        yield from (
            (Rule(FINDING, one), "may raise a warning") for one in findings_in(service.warns_when)
        )
    for baseline in service.baseline:
        yield from ((Rule(FINDING, one), "calls for orders") for one in findings_in(baseline.when))
        yield from ((Rule(ORDER, one), "for the presenting finding") for one in baseline.orders)
    for prefetch in service.prefetch.values():
        yield from ((Rule(MEASUREMENT, one), "asks for it") for one in prefetch.codes_of)
