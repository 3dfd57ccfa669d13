"""What a number with a comparator tells: only what holds for every number it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.knowledge.finding import Range
from orbicularis.reasoning.interval import interval

numbers = st.integers(-3, 3).map(float)
comparators = st.sampled_from([None, "<", "<=", ">", ">="])
ranges = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("below", "at_most", "above", "at_least"), numbers)
).filter(bool)

# Whole and half numbers are enough: the limits are whole.
WORLD = [number / 2 for number in range(-200, 201)]


def may_be(value: float, comparator: str | None) -> list[float]:
    tests = {
        None: value.__eq__,
        "<": value.__gt__,
        "<=": value.__ge__,
        ">": value.__lt__,
        ">=": value.__le__,
    }
    return [number for number in WORLD if tests[comparator](number)]


@given(numbers, comparators, ranges)
def test_it_lies_within_when_every_number_it_may_be_does(
    value: float, comparator: str | None, limits: dict[str, float]
) -> None:
    held = Range(**limits)
    possible = may_be(value, comparator)
    # An open end reaches beyond the sample: a limit on that side cannot hold.
    unbounded = {None: set(), "<": {"above", "at_least"}, ">": {"below", "at_most"}}
    open_to = unbounded[comparator and comparator[0]]
    expected = not open_to & set(limits) and all(map(held.holds, possible))
    assert interval(value, comparator).within(held) is expected


@pytest.mark.parametrize(
    ("comparator", "limits", "within"),
    [
        ("<", {"below": 4.0}, True),
        ("<=", {"below": 4.0}, False),
        ("<=", {"at_most": 4.0}, True),
        (">", {"above": 4.0}, True),
        (">=", {"above": 4.0}, False),
        (">=", {"at_least": 4.0}, True),
        ("<", {"below": 3.9}, False),
        (">", {"below": 5.0}, False),
        (None, {"below": 4.0}, False),
        (None, {"at_most": 4.0}, True),
    ],
)
def test_limits_met_exactly(comparator: str | None, limits: dict[str, float], within: bool) -> None:
    assert interval(4.0, comparator).within(Range(**limits)) is within
