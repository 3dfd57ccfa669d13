"""Recognising findings in measured values."""

from datetime import datetime, timedelta
from math import isinf

from msgspec.structs import replace

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Progress, State
from orbicularis.knowledge.finding import Criterion, MeasurementPattern, Range, Side, Valid
from orbicularis.knowledge.measurement import Measurement
from orbicularis.reasoning.claim import Claim, claim
from orbicularis.reasoning.dates import is_within
from orbicularis.reasoning.interval import Interval
from orbicularis.reasoning.values import Reading, Readings, in_unit


def by_measurement(
    pattern: MeasurementPattern, readings: Readings, valid: Valid, now: datetime
) -> list[Claim]:
    """Claims of the criterion with authority, and of the results that could not decide.

    The first criterion that has a result with a say decides; a later one is heard only when
    its result is newer by more than ``overrules_within``.
    """
    chosen: list[tuple[Reading, Claim]] = []
    undecided: list[Claim] = []
    for criterion in pattern.by:
        every = _in_time(readings.of(criterion.measurement), valid, now)
        speaking = [reading for reading in every if _speaks_of(reading, criterion)]
        undecided += [_undecided(reading) for reading in every if reading not in speaking]
        judged = [(one, _judge(one, criterion, readings)) for one in _latest(speaking)]
        deciding = [(reading, said) for reading, said in judged if _has_a_say(said)]
        undecided += [said for _, said in judged if not _has_a_say(said)]
        if deciding and (
            not chosen or _is_newer(deciding[-1][0], chosen[-1][0], pattern.overrules_within)
        ):
            chosen = deciding
    return [said for _, said in chosen] + undecided


def _speaks_of(reading: Reading, criterion: Criterion) -> bool:
    """A bare "low" says nothing of a criterion that needs a number, nor ends an older "severe".

    A bare "normal" says nothing either, but the older number is then no longer the latest.
    """
    if reading.value is not None or criterion.laboratory_range is not None:
        return reading.usable
    return reading.usable and reading.side is not _side(criterion.present)


def _side(limits: Range) -> Side | None:
    """On which side of normal a range lies, when it is open to that side."""
    has_low = limits.above is not None or limits.at_least is not None
    has_high = limits.below is not None or limits.at_most is not None
    if has_low and has_high:
        return None
    return Side.HIGH if has_low else Side.LOW


def _has_a_say(said: Claim) -> bool:
    """A preliminary result has one only when it shows the finding."""
    support = said.support
    return support.fact.progress is not Progress.PRELIMINARY or support.state is State.PRESENT


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
    """Hold one result to the criterion; what decided stands in the notes."""
    state, note = _decide(reading, criterion, readings)
    if state is State.ABSENT and _rests_on_doubt(reading, criterion, readings):
        state, note = State.UNKNOWN, None
    notes = reading.notes if note is None else (*reading.notes, note)
    return claim(reading.fact, state, *notes, value=reading.value)


def _rests_on_doubt(reading: Reading, criterion: Criterion, readings: Readings) -> bool:
    """A correction that is not to be relied on rules out only what the total rules out too."""
    rule = readings.measurement(criterion.measurement).corrected
    if rule is None or Note.CORRECTION_UNRELIABLE not in reading.notes:
        return False
    totals = (one for one in readings.of(rule.measured) if one.fact == reading.fact)
    return any(_decide(one, criterion, readings)[0] is not State.ABSENT for one in totals)


def _decide(
    reading: Reading, criterion: Criterion, readings: Readings
) -> tuple[State, Note | None]:
    """The laboratory's own range where the rule allows it, then the limits, then a flag."""
    wanted, flag = criterion.laboratory_range, reading.fact.flag
    if wanted is not None and (by_range := _by_laboratory_range(reading, wanted)) is not None:
        return by_range, Note.LABORATORY_RANGE
    if (by_limits := _by_limits(reading, criterion, readings)) is not None:
        return by_limits, None
    if wanted is not None and flag is not None:
        note = Note.FLAG_ONLY if reading.value is None else Note.LABORATORY_RANGE
        return State.PRESENT if flag is wanted else State.ABSENT, note
    return State.UNKNOWN, None if reading.value is None else Note.GREY_ZONE


def _by_limits(reading: Reading, criterion: Criterion, readings: Readings) -> State | None:
    bounds = reading.bounds
    if bounds is None or reading.value is None:
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
    low, high = (_end_in_unit(end, measurement, unit) for end in (bounds.low, bounds.high))
    return replace(bounds, low=low, high=high)


def _end_in_unit(end: float, measurement: Measurement, unit: str) -> float:
    if isinf(end):
        return end
    converted = in_unit(end, measurement.unit, measurement, wanted=unit)
    if converted is None:
        raise ValueError(f"{measurement.id}: {measurement.unit} does not convert to {unit}")
    return converted


def _by_laboratory_range(reading: Reading, wanted: Side) -> State | None:
    told = reading.range_side
    if told is wanted:
        return State.PRESENT
    ends = {Side.LOW: (reading.low,), Side.HIGH: (reading.high,), Side.NORMAL: ()}
    return State.ABSENT if told is not None and None not in ends[wanted] else None
