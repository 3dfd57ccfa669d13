"""One result against the limits: units, comparators, own ranges, flags, what cannot be read."""

from typing import Any

import pytest

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.finding import Side
from tests.support.calcium import HIGH, LOW, RULES, SEVERE, TOTAL
from tests.support.charts import look_up, result, state_of

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN


def notes_of(name: str, *facts: Fact) -> set[Note]:
    told = look_up(RULES, name, *facts)
    return {note for support in (*told.supports, *told.undecided) for note in support.notes}


@pytest.mark.parametrize(
    ("value", "unit", "low", "severe"),
    [
        (2.11, "mmol/L", PRESENT, ABSENT),
        (2.12, "mmol/L", ABSENT, ABSENT),
        (8.4, "mg/dL", PRESENT, ABSENT),
        (8.5, "mg/dL", ABSENT, ABSENT),
        (4.2, "meq/L", PRESENT, ABSENT),  # 2.10 mmol/L: calcium carries two charges
        (4.6, "mEq/L", ABSENT, ABSENT),  # 2.30 mmol/L
        (84, "mg/L", PRESENT, ABSENT),
        (2110, "umol/L", PRESENT, ABSENT),
        (8.4, " MG/DL", PRESENT, ABSENT),
        # 1.90 mmol/L decides in either unit; 7.5 mg/dL is 1.87 and 7.6 is 1.896 mmol/L
        (1.90, "mmol/L", PRESENT, ABSENT),
        (1.89, "mmol/L", PRESENT, PRESENT),
        (7.55, "mg/dL", PRESENT, PRESENT),
        (7.6, "mg/dL", PRESENT, PRESENT),
        (7.62, "mg/dL", PRESENT, ABSENT),
        (1.90 * 4.0078, "mg/dL", PRESENT, ABSENT),
        (3.80, "meq/L", PRESENT, ABSENT),
        (1900, "umol/L", PRESENT, ABSENT),
    ],
)
def test_limits_mean_the_same_in_every_unit(
    value: float, unit: str, low: State, severe: State
) -> None:
    sent = result(TOTAL, value, unit)
    assert state_of(RULES, LOW, sent) is low
    assert state_of(RULES, SEVERE, sent) is severe


@pytest.mark.parametrize(
    ("value", "comparator", "low", "severe"),
    [
        (1.9, "<", PRESENT, PRESENT),
        (1.9, "<=", PRESENT, UNKNOWN),
        (2.5, "<", UNKNOWN, UNKNOWN),
        (2.0, ">", UNKNOWN, ABSENT),
        (2.12, ">=", ABSENT, ABSENT),
        (1.9, ">=", UNKNOWN, ABSENT),
    ],
)
def test_a_comparator_decides_only_what_it_surely_tells(
    value: float, comparator: str, low: State, severe: State
) -> None:
    sent = result(TOTAL, value, "mmol/L", comparator=comparator)
    assert state_of(RULES, LOW, sent) is low
    assert state_of(RULES, SEVERE, sent) is severe


@pytest.mark.parametrize(
    ("value", "comparator", "state"),
    [(11, None, PRESENT), (10, ">", UNKNOWN), (11, ">", PRESENT), (10, "<", ABSENT)],
)
def test_limits_in_another_unit_than_the_measurement(
    value: float, comparator: str | None, state: State
) -> None:
    assert state_of(RULES, HIGH, result(TOTAL, value, "mg/dL", comparator=comparator)) is state


@pytest.mark.parametrize(
    ("value", "unit", "own", "low", "severe"),
    [
        # the laboratory calls low what the fixed limit does not, and the other way round
        (2.15, "mmol/L", {"low": 2.2, "high": 2.6}, PRESENT, ABSENT),
        (2.05, "mmol/L", {"low": 2.0, "high": 2.6}, ABSENT, ABSENT),
        # never for "severe"
        (1.85, "mmol/L", {"low": 1.8, "high": 2.6}, ABSENT, PRESENT),
        # a range in another unit, and one that says nothing of low
        (8.6, "mg/dL", {"low": 2.2, "high": 2.6, "range_unit": "mmol/L"}, PRESENT, ABSENT),
        (2.05, "mmol/L", {"high": 2.6}, PRESENT, ABSENT),
        (2.15, "mmol/L", {"low": 2.2, "range_unit": "furlong"}, ABSENT, ABSENT),
    ],
)
def test_the_own_range_decides_low_but_never_severe(
    value: float, unit: str, own: dict[str, float], low: State, severe: State
) -> None:
    sent = result(TOTAL, value, unit, **own)
    assert state_of(RULES, LOW, sent) is low
    assert state_of(RULES, SEVERE, sent) is severe


def test_what_the_own_range_decided_is_told() -> None:
    own = {"low": 2.2, "high": 2.6}
    assert Note.LABORATORY_RANGE in notes_of(LOW, result(TOTAL, 2.15, "mmol/L", **own))
    assert Note.LABORATORY_RANGE not in notes_of(LOW, result(TOTAL, 2.15, "mmol/L", high=2.6))


@pytest.mark.parametrize("unit", [None, "furlong"])
@pytest.mark.parametrize(
    ("value", "own", "low"),
    [
        (7.0, {"low": 8.5, "high": 10.5}, PRESENT),
        (9.0, {"low": 8.5, "high": 10.5}, ABSENT),
        (11.0, {"low": 8.5, "high": 10.5}, ABSENT),
        (7.0, {"high": 10.5}, UNKNOWN),
        (7.0, {"low": 8.5}, PRESENT),
        (9.0, {"low": 8.5}, ABSENT),
        (7.0, {}, UNKNOWN),
    ],
)
def test_without_a_readable_unit_the_own_range_still_tells(
    unit: str | None, value: float, own: dict[str, float], low: State
) -> None:
    sent = result(TOTAL, value, unit, **own)
    assert state_of(RULES, LOW, sent) is low
    assert state_of(RULES, SEVERE, sent) is UNKNOWN
    assert Note.UNREADABLE_UNIT in notes_of(LOW, sent)


def test_a_range_with_a_unit_serves_a_number_without_one() -> None:
    own: dict[str, Any] = {"low": 8.5, "high": 10.5, "range_unit": "mg/dL"}
    assert state_of(RULES, LOW, result(TOTAL, 7.0, **own)) is PRESENT
    assert state_of(RULES, LOW, result(TOTAL, 7.0, "furlong", **own)) is UNKNOWN


@pytest.mark.parametrize(
    ("flag", "low", "high"),
    [
        (Side.LOW, PRESENT, ABSENT),
        (Side.NORMAL, ABSENT, ABSENT),
        (Side.HIGH, ABSENT, PRESENT),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_a_flag_without_a_number(flag: Side | None, low: State, high: State) -> None:
    sent = result(TOTAL, flag=flag)
    assert state_of(RULES, LOW, sent) is low
    assert state_of(RULES, HIGH, sent) is high
    assert state_of(RULES, SEVERE, sent) is UNKNOWN
    assert (Note.FLAG_ONLY in notes_of(LOW, sent)) is (flag is not None)


def test_a_flag_does_not_overrule_a_number_but_settles_a_grey_one() -> None:
    ionised = "ionised"
    assert state_of(RULES, LOW, result(ionised, 1.2, "mmol/L", flag=Side.LOW)) is ABSENT
    grey = result(ionised, 1.13, "mmol/L")
    assert state_of(RULES, LOW, grey) is UNKNOWN
    assert notes_of(LOW, grey) == {Note.GREY_ZONE}
    assert state_of(RULES, LOW, result(ionised, 1.13, "mmol/L", flag=Side.LOW)) is PRESENT


@pytest.mark.parametrize(("value", "unit"), [(9.3, "mmol/L"), (0.4, "mmol/L"), (25, "mg/dL")])
def test_what_is_not_compatible_with_life_is_unknown_and_told(value: float, unit: str) -> None:
    sent = result(TOTAL, value, unit, low=2.1, high=2.6, flag=Side.HIGH)
    for name in (LOW, HIGH, SEVERE):
        assert state_of(RULES, name, sent) is UNKNOWN
        assert Note.IMPLAUSIBLE in notes_of(name, sent)


def test_a_value_that_the_record_calls_unknown_is_not_used() -> None:
    sent = result(TOTAL, 1.8, "mmol/L", state=State.UNKNOWN)
    assert state_of(RULES, LOW, sent) is UNKNOWN


def test_a_result_that_is_awaited_says_nothing() -> None:
    told = look_up(RULES, LOW, result(TOTAL, 1.8, "mmol/L", progress=Progress.PENDING))
    assert (told.state, told.undecided) == (UNKNOWN, ())


def test_the_value_is_told_as_sent_and_as_compared() -> None:
    (support,) = look_up(RULES, LOW, result(TOTAL, 7.0, "mg/dL", comparator="<")).supports
    assert support.value is not None
    assert support.value.as_sent == "<7 mg/dL"
    assert support.value.number == pytest.approx(1.7466, abs=1e-4)
    assert support.value.unit == "mmol/L"


def test_a_side_called_normal() -> None:
    own: dict[str, Any] = {"low": 2.2, "high": 2.6}
    for value, state in ((2.3, PRESENT), (2.15, ABSENT), (2.7, ABSENT)):
        assert state_of(RULES, "normal-total", result(TOTAL, value, "mmol/L", **own)) is state
    above = result(TOTAL, 2.3, "mmol/L", comparator=">", **own)
    assert state_of(RULES, "normal-total", above) is UNKNOWN
