"""Correction of total calcium for albumin, and its limits."""

from datetime import timedelta

import pytest

from orbicularis.facts.assessment import Note, Support
from orbicularis.facts.fact import Fact, Progress, State
from tests.support.bundles import bundle, finding
from tests.support.calcium import ALBUMIN, CORRECTED, LOW, RULES, SEVERE, TOTAL
from tests.support.charts import DAY, HOUR, NOW, look_up, result, seen, state_of

PRESENT, ABSENT = State.PRESENT, State.ABSENT


def support_of(*facts: Fact) -> Support:
    told = look_up(RULES, LOW, *facts)
    (support,) = told.supports
    return support


@pytest.mark.parametrize(
    ("total", "albumin", "number"),
    [
        ((2.00, "mmol/L"), (30, "g/L"), 2.20),
        ((2.00, "mmol/L"), (3.0, "g/dL"), 2.20),
        ((2.00, "mmol/L"), (50, "g/L"), 1.80),
        # corrected (mg/dL) = total + 0.8 x (4.0 - albumin in g/dL), but for rounding
        ((8.0, "mg/dL"), (3.0, "g/dL"), 8.8 / 4.0078),
    ],
)
def test_the_corrected_value(
    total: tuple[float, str], albumin: tuple[float, str], number: float
) -> None:
    support = support_of(result(TOTAL, *total), result(ALBUMIN, *albumin))
    assert support.value is not None
    assert support.value.number == pytest.approx(number, abs=0.002)
    assert Note.ALBUMIN_CORRECTED in support.notes


def test_both_values_and_the_albumin_are_told_as_sent() -> None:
    support = support_of(result(TOTAL, 7.9, "mg/dL"), result(ALBUMIN, 4.1, "g/dL"))
    assert support.value is not None
    told = (support.value.as_sent, support.value.corrected, support.value.albumin)
    assert told == ("7.9 mg/dL", "7.82 mg/dL", "4.1 g/dL")


def test_a_large_number_is_not_told_as_a_power_of_ten() -> None:
    support = support_of(result(TOTAL, 2000, "umol/L"), result(ALBUMIN, 36, "g/L"))
    assert support.value is not None
    assert (support.value.as_sent, support.value.corrected) == ("2000 umol/L", "2080 umol/L")


def test_correction_decides_in_both_directions() -> None:
    total = result(TOTAL, 2.05, "mmol/L")
    assert state_of(RULES, LOW, total, result(ALBUMIN, 30, "g/L")) is ABSENT
    total = result(TOTAL, 2.20, "mmol/L")
    assert state_of(RULES, LOW, total, result(ALBUMIN, 46, "g/L")) is PRESENT


@pytest.mark.parametrize("grams", range(30, 56))
def test_a_limit_met_exactly_by_a_corrected_value_is_met(grams: int) -> None:
    hundredths = 190 - 2 * (40 - grams)
    facts = result(TOTAL, hundredths / 100, "mmol/L"), result(ALBUMIN, grams, "g/L")
    assert state_of(RULES, SEVERE, *facts) is ABSENT


def test_the_comparator_of_the_total_stays_one_of_the_corrected_value() -> None:
    total = result(TOTAL, 1.8, "mmol/L", comparator="<")
    assert state_of(RULES, LOW, total, result(ALBUMIN, 40, "g/L")) is PRESENT
    assert state_of(RULES, LOW, total, result(ALBUMIN, 20, "g/L")) is State.UNKNOWN


@pytest.mark.parametrize(
    "albumin",
    [
        {"at": NOW - HOUR - DAY - timedelta(minutes=1)},
        {"at": None},
        {"at": NOW + 9 * HOUR, "future": True},
        {"value": 4000.0},
        {"unit": "furlong"},
        {"state": State.UNKNOWN},
        {"progress": Progress.PENDING},
    ],
    ids=str,
)
def test_without_a_usable_albumin_within_24_hours_the_total_stands_and_says_so(
    albumin: dict[str, object],
) -> None:
    value = albumin.pop("value", 30.0)
    unit = albumin.pop("unit", "g/L")
    assert isinstance(value, float)
    assert isinstance(unit, str)
    total = result(TOTAL, 2.05, "mmol/L")
    support = support_of(total, result(ALBUMIN, value, unit, **albumin))
    assert support.value is not None
    assert (support.value.number, support.value.corrected) == (2.05, None)
    assert Note.UNCORRECTED in support.notes
    assert Note.ALBUMIN_CORRECTED not in support.notes


def test_without_any_albumin_the_total_stands_and_says_so() -> None:
    assert support_of(result(TOTAL, 2.05, "mmol/L")).notes == (Note.UNCORRECTED,)


def test_an_albumin_just_24_hours_away_corrects() -> None:
    for away in (DAY, -DAY):
        total = result(TOTAL, 2.05, "mmol/L", at=NOW - 2 * DAY)
        albumin = result(ALBUMIN, 30, "g/L", at=NOW - 2 * DAY + away)
        assert Note.ALBUMIN_CORRECTED in support_of(total, albumin).notes


def test_the_nearest_readable_albumin_corrects() -> None:
    total = result(TOTAL, 2.05, "mmol/L", at=NOW - 5 * HOUR)
    albumins = (
        result(ALBUMIN, 20, "g/L", at=NOW - 15 * HOUR),
        result(ALBUMIN, 40, "g/L", at=NOW - 6 * HOUR),
        result(ALBUMIN, 4000, "g/L", at=NOW - 5 * HOUR),
    )
    support = support_of(total, *albumins)
    assert support.value is not None
    assert support.value.number == 2.05


@pytest.mark.parametrize(("grams", "unreliable"), [(29.9, True), (30, False)])
def test_a_correction_by_a_very_low_albumin_is_told_as_unreliable(
    grams: float, unreliable: bool
) -> None:
    facts = result(TOTAL, 1.8, "mmol/L"), result(ALBUMIN, grams, "g/L")
    assert (Note.CORRECTION_UNRELIABLE in support_of(*facts).notes) is unreliable


@pytest.mark.parametrize(
    ("total", "grams", "state"),
    [(1.97, 25, State.UNKNOWN), (1.97, 30, ABSENT), (2.12, 25, ABSENT), (1.6, 25, PRESENT)],
)
def test_an_unreliable_correction_rules_out_only_what_the_total_rules_out(
    total: float, grams: int, state: State
) -> None:
    told = look_up(RULES, LOW, result(TOTAL, total, "mmol/L"), result(ALBUMIN, grams, "g/L"))
    assert told.state is state
    if state is State.UNKNOWN:
        (support,) = told.undecided
        assert support.value is not None
        assert (support.value.as_sent, support.value.corrected) == ("1.97 mmol/L", "2.27 mmol/L")
        assert Note.CORRECTION_UNRELIABLE in support.notes


def test_what_is_sent_as_corrected_is_not_corrected_again() -> None:
    sent = result(CORRECTED, 2.05, "mmol/L")
    support = support_of(sent, result(ALBUMIN, 20, "g/L"))
    assert support.value is not None
    assert support.value.number == 2.05
    assert support.notes == ()


def test_an_implausible_total_is_not_corrected_into_a_plausible_one() -> None:
    facts = result(TOTAL, 6.5, "mmol/L"), result(ALBUMIN, 70, "g/L")
    told = look_up(RULES, LOW, *facts)
    assert told.state is State.UNKNOWN
    assert any(Note.IMPLAUSIBLE in support.notes for support in told.undecided)


@pytest.mark.parametrize(
    ("kidneys", "expected"),
    [(State.PRESENT, State.UNKNOWN), (State.ABSENT, ABSENT), (State.UNKNOWN, ABSENT)],
)
def test_what_makes_a_correction_unreliable_does_so_only_when_present(
    kidneys: State, expected: State
) -> None:
    rule = RULES.measurements[CORRECTED]
    assert rule.corrected is not None
    doubted = rule.corrected.model_copy(update={"unreliable_with": ("kidneys",)})
    rules = bundle(
        *RULES.measurements.values(),
        rule.model_copy(update={"corrected": doubted}),
        RULES.findings[LOW],
        finding("kidneys"),
    )
    facts = result(TOTAL, 2.05, "mmol/L"), result(ALBUMIN, 30, "g/L"), seen("kidneys", kidneys)
    assert state_of(rules, LOW, *facts) is expected
    uncorrected = result(TOTAL, 2.05, "mmol/L"), seen("kidneys", kidneys)
    told = look_up(rules, LOW, *uncorrected)
    assert told.state is PRESENT
    assert told.supports[0].notes == (Note.UNCORRECTED,)
