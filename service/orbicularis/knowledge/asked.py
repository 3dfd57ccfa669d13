"""What a finding asks a chart for, so that what nothing speaks of is settled at one look."""

from collections.abc import Iterator, Mapping

from orbicularis.knowledge.finding import Finding, Recogniser
from orbicularis.knowledge.measurement import Measurement


def keys_asked_for(
    finding: Finding, measurements: Mapping[str, Measurement]
) -> frozenset[str] | None:
    """The terminology keys by which records can show the finding.

    None when it can also follow from other findings, from time, or from who the patient is.
    """
    if any(by.combination or by.course or by.demographic for by in finding.recognised_by):
        return None
    return frozenset(key for by in finding.recognised_by for key in _keys(by, measurements))


def _keys(by: Recogniser, measurements: Mapping[str, Measurement]) -> Iterator[str]:
    for pattern in (by.observation, by.condition, by.procedure, by.medication, by.family):
        if pattern is not None:
            yield from pattern.codes
    if by.measurement is not None:
        for criterion in by.measurement.by:
            yield from _codes(measurements[criterion.measurement], measurements)


def _codes(measurement: Measurement, measurements: Mapping[str, Measurement]) -> Iterator[str]:
    yield from measurement.codes
    if measurement.corrected is not None:
        yield from _codes(measurements[measurement.corrected.measured], measurements)
