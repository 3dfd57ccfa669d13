"""Ranges and units: thresholds that can be met, in units that can be converted."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.checks.interval import Interval
from orbicularis.knowledge.finding import Criterion, Finding, Range, Side
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.source import Steps
from orbicularis.units.conversion import convert
from orbicularis.units.ucum import ucum
from orbicularis.units.unit import Unit

_LOW_TO_HIGH = ("above", "at_least", "below", "at_most")
_Criteria = Iterator[tuple[RuleFile, Steps, Criterion]]


def ranges_hold_something(rules: Rules) -> Iterator[Problem]:
    """Tell every range in which no number lies."""
    for file, steps, numbers in _ranges(rules):
        if Interval.of(numbers).empty:
            yield file.problem("K504", steps, "no number lies in this range")


def present_and_absent_part(rules: Rules) -> Iterator[Problem]:
    """Tell every criterion by which one value shows a finding and its absence."""
    for file, steps, criterion in _criteria(rules):
        if Interval.of(criterion.present).meets(Interval.of(criterion.absent)):
            what = "some values are present and absent at once"
            yield file.problem("K503", (*steps, "absent"), what)


def laboratory_side_agrees(rules: Rules) -> Iterator[Problem]:
    """Tell a laboratory range whose side contradicts the fixed range."""
    for file, steps, criterion in _criteria(rules):
        interval = Interval.of(criterion.present)
        reaches = {
            Side.LOW: interval.low == -float("inf"),
            Side.HIGH: interval.high == float("inf"),
        }
        side = criterion.laboratory_range
        if side is not None and not reaches.get(side, True):
            what = f"the present range does not reach to the {side.value} end"
            yield file.problem("K508", (*steps, "laboratory_range"), what)


def thresholds_are_plausible(rules: Rules) -> Iterator[Problem]:
    """Tell every threshold that no plausible value of its measurement can pass."""
    measurements = rules.by_id(Measurement)
    for file, steps, criterion in _criteria(rules):
        measurement = measurements.get(criterion.measurement)
        unit = ucum(criterion.unit)
        if measurement is None or unit is None or Interval.of(measurement.plausible).empty:
            continue
        for part, key, threshold in _thresholds(criterion):
            value = _in_unit_of(measurement, threshold, unit)
            if value is not None and not measurement.plausible.holds(value):
                what = f"{threshold:g} {criterion.unit} lies outside what is plausible"
                fix = f"plausible there: {_said(measurement)}"
                yield file.problem("K507", (*steps, part, key), what, fix)


def units_are_known(rules: Rules) -> Iterator[Problem]:
    """Tell every unit that is not a UCUM code."""
    for file, steps, text, _ in _units(rules):
        unit = ucum(text)
        if unit is None:
            yield file.problem("K505", steps, f'the unit "{text}" is not known')
        elif unit.code != text and "{" not in text:
            what = f'"{text}" is not how UCUM writes this unit'
            yield file.problem("K505", steps, what, f"write {unit.code}")


def units_convert(rules: Rules) -> Iterator[Problem]:
    """Tell every unit that cannot be converted into its measurement's."""
    for file, steps, text, measurement in _units(rules):
        unit = ucum(text)
        if unit is None or measurement is None or ucum(measurement.unit) is None:
            continue
        if _in_unit_of(measurement, 1.0, unit) is None:
            what = f'"{text}" cannot be converted into "{measurement.unit}" of {measurement.id}'
            fix = _what_would_convert(measurement, unit)
            yield file.problem("K506", steps, what, fix)


def _criteria(rules: Rules) -> _Criteria:
    for file, finding in rules.each(Finding):
        for index, recogniser in enumerate(finding.recognised_by):
            if recogniser.measurement is not None:
                for place, criterion in enumerate(recogniser.measurement.by):
                    steps = ("recognised_by", index, "measurement", "by", place)
                    yield file, steps, criterion


def _ranges(rules: Rules) -> Iterator[tuple[RuleFile, Steps, Range]]:
    for file, steps, criterion in _criteria(rules):
        yield file, (*steps, "present"), criterion.present
        yield file, (*steps, "absent"), criterion.absent
    for file, measurement in rules.each(Measurement):
        yield file, ("plausible",), measurement.plausible
    for file, finding in rules.each(Finding):
        for index, recogniser in enumerate(finding.recognised_by):
            demographic = recogniser.demographic
            if demographic is not None and demographic.age_years is not None:
                steps = ("recognised_by", index, "demographic", "age_years")
                yield file, steps, demographic.age_years


def _units(rules: Rules) -> Iterator[tuple[RuleFile, Steps, str, Measurement | None]]:
    """Yield every unit with the measurement into whose unit it must convert."""
    measurements = rules.by_id(Measurement)
    for file, measurement in rules.each(Measurement):
        yield file, ("unit",), measurement.unit, None
        for index, text in enumerate(measurement.display_units):
            yield file, ("display_units", index), text, measurement
        correction = measurement.corrected
        if correction is not None:
            albumin = measurements.get(correction.albumin)
            yield file, ("corrected", "albumin_unit"), correction.albumin_unit, albumin
    for file, steps, criterion in _criteria(rules):
        yield file, (*steps, "unit"), criterion.unit, measurements.get(criterion.measurement)


def _thresholds(criterion: Criterion) -> Iterator[tuple[str, str, float]]:
    for part, numbers in (("present", criterion.present), ("absent", criterion.absent)):
        for key in type(numbers).model_fields:
            value = getattr(numbers, key)
            if value is not None:
                yield part, key, value


def _in_unit_of(measurement: Measurement, value: float, unit: Unit) -> float | None:
    to = ucum(measurement.unit)
    if to is None:
        return None
    return convert(value, unit, to, molar_mass=measurement.molar_mass, valence=measurement.valence)


def _what_would_convert(measurement: Measurement, unit: Unit) -> str:
    """Name what the measurement lacks; empty when nothing it could say would help."""
    for lacking in ({"molar_mass": 1.0}, {"valence": 1}, {"molar_mass": 1.0, "valence": 1}):
        if _in_unit_of(measurement.model_copy(update=lacking), 1.0, unit) is not None:
            return f"give {' and '.join(lacking)} in {measurement.id}"
    return ""


def _said(measurement: Measurement) -> str:
    ends = measurement.plausible.model_dump(exclude_none=True)
    said = ", ".join(f"{key} {ends[key]:g}" for key in _LOW_TO_HIGH if key in ends)
    return f"{said} {measurement.unit}"
