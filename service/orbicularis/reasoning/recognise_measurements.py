"""Recognising findings in measured values."""

from dataclasses import replace
from datetime import datetime, timedelta

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Progress, State
from orbicularis.knowledge.finding import Criterion, MeasurementPattern, Side, Valid
from orbicularis.knowledge.measurement import Measurement
from orbicularis.reasoning.claim import Claim, claim
from orbicularis.reasoning.dates import is_within
from orbicularis.reasoning.interval import Interval
from orbicularis.reasoning.values import Reading, Readings, in_unit


def by_measurement(
    pattern: MeasurementPattern, readings: Readings, valid: Valid, now: datetime
) -> list[Claim]:
    """Claims of the criterion with authority, and of the results that could not decide.

    The first criterion that has a usable result decides; a later one is heard only when its
    result is newer by more than ``overrules_within``.
    """
    chosen: list[tuple[Reading, Claim]] = []
    unusable: list[Claim] = []
    for criterion in pattern.by:
        every = _in_time(readings.of(criterion.measurement), valid, now)
        unusable += [_undecided(reading) for reading in every if not reading.usable]
        latest = _latest([reading for reading in every if reading.usable])
        if latest and (not chosen or _is_newer(latest[0], chosen[0][0], pattern.overrules_within)):
            chosen = [(reading, _judge(reading, criterion, readings)) for reading in latest]
    return [one for _, one in chosen] + unusable


def _in_time(every: list[Reading], valid: Valid, now: datetime) -> list[Reading]:
    """Results within the longer look-back; the state decides later which one holds."""
    if valid.present is None or valid.absent is None:
        return every
    limit = max(valid.present, valid.absent)
    return [reading for reading in every if is_within(reading.fact, limit, now)]


def _latest(usable: list[Reading]) -> list[Reading]:
    """The newest final results (several when taken at one time), and newer preliminary ones."""
    final = [reading for reading in usable if reading.fact.progress is not Progress.PRELIMINARY]
    early = [reading for reading in usable if reading.fact.progress is Progress.PRELIMINARY]
    newest = _newest(final)
    since = newest[0] if newest else None
    early = [one for one in _newest(early) if since is None or _is_newer(one, since, timedelta(0))]
    return newest + early


def _newest(some: list[Reading]) -> list[Reading]:
    dated = [reading for reading in some if reading.at is not None]
    if not dated:
        return some
    last = max(reading.at for reading in dated if reading.at is not None)
    return [reading for reading in dated if reading.at == last]


def _is_newer(one: Reading, other: Reading, margin: timedelta) -> bool:
    if one.at is None:
        return False
    return other.at is None or one.at - other.at > margin


def _undecided(reading: Reading) -> Claim:
    return claim(reading.fact, State.UNKNOWN, *reading.notes, value=reading.value)


def _judge(reading: Reading, criterion: Criterion, readings: Readings) -> Claim:
    """Hold one result to the criterion; what decides stands in the notes.

    The laboratory's own range comes first where the rule allows it, then the fixed limits,
    then a bare interpretation code.
    """
    notes = reading.notes
    state: State | None = None
    if criterion.laboratory_range is not None and reading.has_range:
        state = _by_laboratory_range(reading, criterion.laboratory_range)
        notes = (*notes, Note.LABORATORY_RANGE) if state is not None else notes
    if state is None and reading.value is not None:
        state = _by_limits(reading, criterion, readings)
        notes = notes if state is not None else (*notes, Note.GREY_ZONE)
    elif state is None and criterion.laboratory_range is not None and reading.fact.flag:
        matches = reading.fact.flag is criterion.laboratory_range
        state = State.PRESENT if matches else State.ABSENT
        notes = (*notes, Note.FLAG_ONLY)
    return claim(reading.fact, state or State.UNKNOWN, *notes, value=reading.value)


def _by_limits(reading: Reading, criterion: Criterion, readings: Readings) -> State | None:
    bounds = reading.bounds
    if bounds is None:
        return None
    measurement = readings.measurement(criterion.measurement)
    bounds = _in_unit(bounds, measurement, criterion.unit)
    if bounds.within(criterion.present):
        return State.PRESENT
    return State.ABSENT if bounds.within(criterion.absent) else None


def _in_unit(bounds: Interval, measurement: Measurement, unit: str) -> Interval:
    """Bring the value into the criterion's unit; ``check`` holds that it can be done."""
    if unit == measurement.unit:
        return bounds
    ends = (bounds.low, bounds.high)
    low, high = (in_unit(end, measurement.unit, measurement, wanted=unit) for end in ends)
    if low is None or high is None:
        raise ValueError(f"{measurement.id}: {measurement.unit} does not convert to {unit}")
    return replace(bounds, low=low, high=high)


def _by_laboratory_range(reading: Reading, side: Side) -> State | None:
    bounds, low, high = reading.bounds, reading.low, reading.high
    if bounds is None:
        return None
    is_low = low is not None and bounds.below(low)
    is_high = high is not None and bounds.above(high)
    is_normal = (low is None or bounds.at_least(low)) and (high is None or bounds.at_most(high))
    told = {Side.LOW: is_low, Side.HIGH: is_high, Side.NORMAL: is_normal}
    if told[side]:
        return State.PRESENT
    has_side = {Side.LOW: low is not None, Side.HIGH: high is not None, Side.NORMAL: True}
    return State.ABSENT if has_side[side] and any(told.values()) else None
