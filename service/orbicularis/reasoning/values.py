"""Measured values: from a fact as sent to a number in the measurement's own unit."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from orbicularis.facts.assessment import Note, Value
from orbicularis.facts.fact import Fact, Progress, Quantity, Source, State
from orbicularis.knowledge.finding import Side
from orbicularis.knowledge.measurement import AlbuminCorrection, Measurement
from orbicularis.reasoning.dates import trusted_date
from orbicularis.reasoning.expression import Lookup
from orbicularis.reasoning.fact_index import FactIndex
from orbicularis.reasoning.interval import Interval, interval
from orbicularis.units.conversion import convert
from orbicularis.units.ucum import ucum


class Reading(msgspec.Struct, frozen=True):
    """One result of one measurement, converted as far as it can be.

    Attributes:
        fact: where it comes from.
        value: in the measurement's unit; None when it could not be had.
        low: lower end of the laboratory's own reference range, in the same unit, or as sent
            when the value could not be had but number and range share a unit.
        high: upper end of it.
        notes: what qualifies it.
    """

    fact: Fact
    value: Value | None
    low: float | None = None
    high: float | None = None
    notes: tuple[Note, ...] = ()

    @property
    def at(self) -> datetime | None:
        """When the sample was taken; a date in the future is not trusted."""
        return trusted_date(self.fact)

    @property
    def usable(self) -> bool:
        """True when it has a number or a flag that may decide something."""
        if Note.IMPLAUSIBLE in self.notes or self.fact.state is State.UNKNOWN:
            return False
        return self.value is not None or self.fact.flag is not None or self.has_range

    @property
    def has_range(self) -> bool:
        """True when the result carries a reference range that its number can be held to."""
        return (self.low is not None or self.high is not None) and self.bounds is not None

    @property
    def range_side(self) -> Side | None:
        """On which side of its own reference range the result surely lies."""
        bounds = self.bounds
        if bounds is None or not self.has_range:
            return None
        if self.low is not None and bounds.below(self.low):
            return Side.LOW
        if self.high is not None and bounds.above(self.high):
            return Side.HIGH
        is_normal = (self.low is None or bounds.at_least(self.low)) and (
            self.high is None or bounds.at_most(self.high)
        )
        return Side.NORMAL if is_normal else None

    @property
    def side(self) -> Side | None:
        """Low, normal or high, as its own reference range tells, else its flag."""
        return self.range_side or self.fact.flag

    @property
    def bounds(self) -> Interval | None:
        """The numbers that the value may be, in the measurement's unit or as sent."""
        quantity = self.fact.quantity
        if quantity is None or quantity.value is None:
            return None
        number = quantity.value if self.value is None else self.value.number
        return interval(number, quantity.comparator)


class Readings:
    """The readings of a chart by measurement, each measurement read once."""

    def __init__(
        self, facts: FactIndex, measurements: Mapping[str, Measurement], lookup: Lookup
    ) -> None:
        """Keep what is needed; nothing is read before it is asked for."""
        self._facts = facts
        self._lookup = lookup
        self._measurements = measurements
        self._known: dict[str, list[Reading]] = {}

    def of(self, measurement_id: str) -> list[Reading]:
        """All readings of the measurement, in no particular order."""
        if measurement_id not in self._known:
            self._known[measurement_id] = self._read(self._measurements[measurement_id])
        return self._known[measurement_id]

    def measurement(self, measurement_id: str) -> Measurement:
        """The rule of the measurement."""
        return self._measurements[measurement_id]

    def _read(self, measurement: Measurement) -> list[Reading]:
        facts = [fact for fact in self._facts.of(measurement.codes) if _is_result(fact)]
        readings = [read(fact, measurement) for fact in facts]
        if measurement.corrected is not None:
            readings += self._corrected(measurement, measurement.corrected)
        return readings

    def _corrected(self, measurement: Measurement, rule: AlbuminCorrection) -> list[Reading]:
        albumins = [
            reading
            for reading in self.of(rule.albumin)
            if reading.value is not None and reading.usable
        ]
        corrected = (
            _correct(reading, _nearest(reading, albumins, rule), measurement, rule)
            for reading in self.of(rule.measured)
        )
        is_doubted = any(
            self._lookup(finding).state is State.PRESENT for finding in rule.unreliable_with
        )
        return [
            _as_corrected(_doubted(reading) if is_doubted else reading, measurement)
            for reading in corrected
        ]


def _is_result(fact: Fact) -> bool:
    return fact.source is Source.OBSERVATION and fact.progress is not Progress.PENDING


def read(fact: Fact, measurement: Measurement) -> Reading:
    """Convert one result; what cannot be converted is told and left without a value."""
    quantity = fact.quantity
    if quantity is None or quantity.value is None:
        return Reading(fact, None, notes=_date_note(fact))
    number = in_unit(quantity.value, quantity.unit, measurement)
    if number is None:
        notes = (*_date_note(fact), Note.UNREADABLE_UNIT)
        return Reading(fact, None, *_range_as_sent(quantity), notes=notes)
    value = Value(
        measurement.id, measurement.title, number, measurement.unit, quantity.as_sent or ""
    )
    if not measurement.plausible.holds(number):
        return Reading(fact, value, notes=(*_date_note(fact), Note.IMPLAUSIBLE))
    low = _end(quantity.low, quantity, measurement)
    high = _end(quantity.high, quantity, measurement)
    return Reading(fact, value, low, high, notes=_date_note(fact))


def in_unit(
    number: float, unit: str | None, measurement: Measurement, *, wanted: str | None = None
) -> float | None:
    """Convert a number to the measurement's unit, or to ``wanted``; None when impossible."""
    known = ucum(unit) if unit else None
    target = ucum(wanted or measurement.unit)
    if known is None or target is None:
        return None
    converted = convert(
        number, known, target, molar_mass=measurement.molar_mass, valence=measurement.valence
    )
    return None if converted is None else _steady(converted)


def _steady(number: float) -> float:
    """Take off the rounding errors of floats: a limit means the same in every unit."""
    return float(f"{number:.12g}")


def _end(end: float | None, quantity: Quantity, measurement: Measurement) -> float | None:
    """A reference range without a unit of its own is in the unit of the value."""
    if end is None:
        return None
    return in_unit(end, quantity.range_unit or quantity.unit, measurement)


def _range_as_sent(quantity: Quantity) -> tuple[float | None, float | None]:
    """The range, where number and range share a unit, known or not."""
    if quantity.unit is None or quantity.range_unit in (None, quantity.unit):
        return quantity.low, quantity.high
    return None, None


def _date_note(fact: Fact) -> tuple[Note, ...]:
    return (Note.UNDATED,) if fact.at is None else ()


def _nearest(reading: Reading, albumins: list[Reading], rule: AlbuminCorrection) -> Reading | None:
    """The albumin closest in time, if it lies within the time the rule allows."""
    at = reading.at
    if at is None:
        return None
    dated = [(abs(albumin.at - at), albumin) for albumin in albumins if albumin.at is not None]
    near = [(gap, albumin) for gap, albumin in dated if gap <= rule.within]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _correct(
    reading: Reading, albumin: Reading | None, measurement: Measurement, rule: AlbuminCorrection
) -> Reading:
    """Correct one total for albumin; without albumin it stands as it is, and says so."""
    if reading.value is None or Note.IMPLAUSIBLE in reading.notes:
        return reading
    if albumin is None or albumin.value is None:
        return replace(reading, notes=(*reading.notes, Note.UNCORRECTED))
    unit, wanted = ucum(albumin.value.unit), ucum(rule.albumin_unit)
    grams = convert(albumin.value.number, unit, wanted) if unit and wanted else None
    if grams is None:
        return replace(reading, notes=(*reading.notes, Note.UNCORRECTED))
    number = _steady(reading.value.number + rule.per_unit * (rule.normal - grams))
    notes = [*reading.notes, Note.ALBUMIN_CORRECTED]
    if grams < rule.unreliable_below:
        notes.append(Note.CORRECTION_UNRELIABLE)
    value = replace(
        reading.value,
        number=number,
        corrected=_as_if_sent(number, reading, measurement),
        albumin=albumin.value.as_sent,
    )
    return replace(reading, value=value, notes=tuple(notes))


def _doubted(reading: Reading) -> Reading:
    """A correction that the patient's state makes unreliable."""
    if Note.ALBUMIN_CORRECTED not in reading.notes:
        return reading
    notes = dict.fromkeys((*reading.notes, Note.CORRECTION_UNRELIABLE))
    return replace(reading, notes=tuple(notes))


def _as_corrected(reading: Reading, measurement: Measurement) -> Reading:
    """What stands for the corrected measurement, whether or not it could be corrected."""
    if reading.value is None:
        return reading
    return replace(reading, value=replace(reading.value, measurement=measurement.id))


def _as_if_sent(number: float, reading: Reading, measurement: Measurement) -> str:
    """The corrected number in the unit in which the clinician reads the total."""
    sent = reading.fact.quantity.unit if reading.fact.quantity else None
    back = in_unit(number, measurement.unit, measurement, wanted=sent) if sent else None
    if back is None:
        return f"{_three_digits(number)} {measurement.unit}"
    return f"{_three_digits(back)} {sent}"


def _three_digits(number: float) -> str:
    """Three significant digits, never as a power of ten."""
    return f"{float(f'{number:.3g}'):.12g}"
