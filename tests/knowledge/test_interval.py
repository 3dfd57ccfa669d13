"""Intervals agree with the ranges they are made of."""

from hypothesis import given
from hypothesis import strategies as st

from orbicularis.knowledge.checks.interval import Interval
from orbicularis.knowledge.finding import Range

ENDS = st.none() | st.integers(0, 6).map(float)
RANGES = (
    st.fixed_dictionaries(dict.fromkeys(("below", "at_most", "above", "at_least"), ENDS))
    .filter(lambda ends: any(end is not None for end in ends.values()))
    .map(lambda ends: Range(**ends))
)
GRID = [step / 4 for step in range(-8, 40)]
"""Finer than the ends, so that a range that holds a number holds one of these."""


@given(RANGES)
def test_an_interval_is_empty_when_its_range_holds_nothing(numbers: Range) -> None:
    assert Interval.of(numbers).empty == (not any(numbers.holds(value) for value in GRID))


@given(RANGES, RANGES)
def test_intervals_meet_when_both_ranges_hold_a_number(one: Range, other: Range) -> None:
    both = any(one.holds(value) and other.holds(value) for value in GRID)

    assert Interval.of(one).meets(Interval.of(other)) == both
    assert Interval.of(other).meets(Interval.of(one)) == both
