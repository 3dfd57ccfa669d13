"""A time to the second with its zone is read by a shorter way, which must lead to the same."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orbicularis.fhir.moments import Moment, moment

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(
    datetime.fromisoformat("1849-12-30"),
    datetime.fromisoformat("2201-01-02"),
    timezones=st.one_of(st.just(UTC), ZONES),
).map(lambda at: at.replace(microsecond=0))


def longer(text: str) -> str:
    """The same time with a fraction, which is not read by the shorter way."""
    return f"{text[:19]}.0{text[19:]}"


@given(TIMES)
def test_both_ways_read_the_same(at: datetime) -> None:
    text = at.isoformat()
    read = moment(text)
    assert read == moment(longer(text)) == moment(f" {text}")
    assert read == (Moment(at) if 1850 <= at.year <= 2200 else None)
    assert read is None or read.at.isoformat() == text, "its day is the one that was sent"


@given(st.text("0123456789-+:TZ W.", min_size=18, max_size=26))
@example("2026-02-30T10:00:00Z")
@example("2026-02-03T24:00:00Z")
@example("2026-02-03T10:00:60Z")
@example("2026-02-03T10:00:00+25:00")
@example("2026-02-03T10:00:00+01000")
def test_they_agree_on_what_cannot_be_read(text: str) -> None:
    assert moment(text) == moment(f" {text}")


@pytest.mark.parametrize("text", ["2026-02-03T10:00:00", "20260203T100000+0100"])
def test_other_forms_are_left_to_the_longer_way(text: str) -> None:
    assert moment(text) == moment(f"{text} ")
