"""Dates as FHIR sends them: whole, partial, without a zone, as periods or as ages.

Everything becomes an aware datetime with a span; it keeps the offset that it was sent with, by
which its day is told. A partial date starts its span; a time without a zone counts as UTC and is
given a day, because a zone moves it by no more than that.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Self

import msgspec

from orbicularis.fhir.structs.element import Period, Quantity, Range, Timing

DAY = timedelta(days=1)
CLOCK_SKEW = timedelta(minutes=5)
"""How far the clock of a sender may run ahead before its dates count as future."""

_DATE_TIME = re.compile(
    r"\s*(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d\d:?\d\d)?)?)?)?\s*",
    re.ASCII,
)
_PUNCTUATION = frozenset({"--T::Z", "--T::+", "--T::-"})
"""Every third character from the fifth, of a time to the second with its zone."""
_EARLIEST, _LATEST = 1850, 2200
"""Years beyond these are placeholders ("0001-01-01", "9999-12-31"), not dates."""

_AGE_UNITS = {
    "a": timedelta(days=365.25),
    "mo": timedelta(days=30.4375),
    "wk": timedelta(weeks=1),
    "d": DAY,
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
}
"""FHIR age units (UCUM); one unit is also how imprecise an age is."""


class Moment(msgspec.Struct, frozen=True):
    """A time, and how long the stretch is in which it may lie."""

    at: datetime
    span: timedelta = timedelta(0)

    @property
    def middle(self) -> Self:
        """The middle of the stretch, as a time without a span."""
        return type(self)(self.at + self.span / 2)

    def is_after(self, now: datetime) -> bool:
        """Tell whether it surely lies in the future."""
        slack = DAY if self.span >= DAY else CLOCK_SKEW
        return self.at - slack > now


def moment(text: str | None) -> Moment | None:
    """Read a FHIR date, dateTime or instant; None when there is none that can be read."""
    if text and (known := _instant(text)) is not None:
        return known
    matched = _DATE_TIME.fullmatch(text) if text and len(text) <= 64 else None
    if matched is None or not _EARLIEST <= int(matched["year"]) <= _LATEST:
        return None
    try:
        return _from_parts({key: value for key, value in matched.groupdict().items() if value})
    except ValueError:
        return None


def _instant(text: str) -> Moment | None:
    """Read a time to the second with its zone, as nearly all are; None for any other form."""
    if text[4:20:3] not in _PUNCTUATION or len(text) not in (20, 25) or text[11:13] == "24":
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(at) if _EARLIEST <= at.year <= _LATEST else None


def _from_parts(parts: dict[str, str]) -> Moment:
    year, month, day = (int(parts.get(name, "1")) for name in ("year", "month", "day"))
    midnight = datetime(year, month, day, tzinfo=UTC)
    if "hour" in parts:
        return _with_time(midnight, parts)
    if "day" in parts:
        return Moment(midnight, DAY)
    end = midnight.replace(year=year + 1)
    if "month" in parts:
        end = (midnight + timedelta(days=31)).replace(day=1)
    return Moment(midnight, end - midnight)


def _with_time(midnight: datetime, parts: dict[str, str]) -> Moment:
    at = midnight.replace(
        hour=int(parts["hour"]),
        minute=int(parts["minute"]),
        second=min(int(parts.get("second", "0")), 59),  # 60 is a leap second
        microsecond=int(parts.get("fraction", "0")[:6].ljust(6, "0")),
    )
    zone = parts.get("zone")
    if zone is None:
        return Moment(at, DAY)
    if zone in "Zz":
        return Moment(at)
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return Moment(at.replace(tzinfo=timezone(offset if zone[0] == "+" else -offset)))


def events(timing: Timing | None) -> list[Moment]:
    """The single events of a Timing, in order of time."""
    found = map(moment, (timing.event or ()) if timing else ())
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def bounds(timing: Timing | None) -> Period | None:
    """The period in which a Timing repeats."""
    return timing.repeat.bounds_period if timing and timing.repeat else None


def at_age(age: Quantity | None, birth: Moment | None) -> Moment | None:
    """When the patient had that age; None when birth, unit or number is not known."""
    unit = _AGE_UNITS.get((age.code or age.unit or "").strip()) if age else None
    if age is None or unit is None or birth is None or not isinstance(age.value, float):
        return None
    if not 0 <= age.value * unit.total_seconds() <= 150 * _AGE_UNITS["a"].total_seconds():
        return None
    return Moment(birth.at + age.value * unit, birth.span + unit)


def at_ages(ages: Range | None, birth: Moment | None) -> Moment | None:
    """When the patient was within a range of ages; its lower end alone tells the start."""
    low = at_age(ages.low, birth) if ages else None
    high = at_age(ages.high, birth) if ages else None
    if low is None or high is None or high.at < low.at:
        return low or high
    return Moment(low.at, high.at + high.span - low.at)


def start_of(period: Period | None) -> Moment | None:
    """When a period starts."""
    return moment(period.start) if period else None


def end_of(period: Period | None) -> Moment | None:
    """When a period ends; None when it is still open."""
    return moment(period.end) if period else None
