"""Several results of one thing: which of them decides."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.finding import Side, Valid
from tests.support.calcium import (
    IONISED,
    LOW,
    RULES,
    SEVERE,
    TOTAL,
    criterion,
    measured,
)
from tests.support.charts import DAY, HOUR, NOW, look_up, result, state_of

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN
MINUTE = timedelta(minutes=1)


def total(value: float, ago: timedelta | None, **more: object) -> Fact:
    at = None if ago is None else NOW - ago
    return result(TOTAL, value, "mmol/L", at=at, **more)


def ionised(value: float, ago: timedelta | None, **more: object) -> Fact:
    at = None if ago is None else NOW - ago
    return result(IONISED, value, "mmol/L", at=at, **more)


def low(*facts: Fact) -> State:
    """The state, which must not depend on the order of the facts."""
    (state,) = {state_of(RULES, LOW, *facts), state_of(RULES, LOW, *reversed(facts))}
    return state


def test_the_latest_final_result_decides() -> None:
    assert low(total(1.8, 2 * DAY), total(2.3, DAY)) is ABSENT
    assert low(total(2.3, 2 * DAY), total(1.8, DAY)) is PRESENT


def test_a_low_value_stays_until_a_later_normal_one_however_old_both_are() -> None:
    assert low(total(1.8, 400 * DAY)) is PRESENT
    assert low(total(1.8, 400 * DAY), total(2.3, 300 * DAY)) is UNKNOWN


@pytest.mark.parametrize(("ago", "state"), [(72 * HOUR, ABSENT), (72 * HOUR + MINUTE, UNKNOWN)])
def test_a_normal_value_rules_out_for_its_look_back_only(ago: timedelta, state: State) -> None:
    assert low(total(2.3, ago)) is state


def test_of_two_results_of_one_time_the_abnormal_one_counts() -> None:
    assert low(total(1.8, HOUR), total(2.3, HOUR)) is PRESENT


def test_a_dated_result_goes_before_an_undated_one() -> None:
    assert low(total(1.8, None), total(2.3, HOUR)) is ABSENT
    assert low(total(2.3, None), total(1.8, HOUR)) is PRESENT


def test_an_undated_result_shows_but_rules_nothing_out() -> None:
    assert low(total(1.8, None)) is PRESENT
    assert low(total(2.3, None)) is UNKNOWN
    told = look_up(RULES, LOW, total(2.3, None))
    assert any(Note.UNDATED in support.notes for support in told.undecided)


def test_a_result_dated_in_the_future_is_told_and_rules_nothing_out() -> None:
    ahead = total(2.3, -2 * DAY, future=True)
    assert low(ahead) is UNKNOWN
    assert low(ahead, total(1.8, DAY)) is PRESENT
    told = look_up(RULES, LOW, ahead)
    assert any(Note.FUTURE in support.notes for support in told.undecided)


def early(value: float, ago: timedelta) -> Fact:
    return total(value, ago, progress=Progress.PRELIMINARY)


def test_a_preliminary_result_shows_but_rules_nothing_out() -> None:
    assert low(early(1.8, HOUR)) is PRESENT
    assert low(early(2.3, HOUR)) is UNKNOWN
    assert low(early(2.3, HOUR), total(1.8, DAY)) is PRESENT
    assert low(early(2.3, HOUR), total(2.3, DAY)) is ABSENT
    assert low(early(1.8, HOUR), total(2.3, DAY)) is PRESENT
    (support,) = look_up(RULES, LOW, early(1.8, HOUR)).supports
    assert Note.PRELIMINARY in support.notes


def test_a_later_final_result_replaces_a_preliminary_one() -> None:
    assert low(early(1.8, DAY), total(2.3, HOUR)) is ABSENT


def test_an_unreadable_result_does_not_replace_an_older_readable_one() -> None:
    implausible = total(9.3, HOUR)
    assert low(implausible, total(1.8, DAY)) is PRESENT
    told = look_up(RULES, LOW, implausible, total(1.8, DAY))
    assert any(Note.IMPLAUSIBLE in support.notes for support in told.undecided)


@pytest.mark.parametrize("gap", [timedelta(0), 12 * HOUR, -12 * HOUR, DAY])
def test_ionised_calcium_overrules_a_total_of_the_same_24_hours(gap: timedelta) -> None:
    """``gap``: how much older the ionised value is."""
    assert low(total(1.8, DAY), ionised(1.2, DAY + gap)) is ABSENT
    assert low(total(2.3, DAY), ionised(1.0, DAY + gap)) is PRESENT


def test_a_total_newer_by_more_than_24_hours_is_heard() -> None:
    assert low(total(1.8, HOUR), ionised(1.2, HOUR + DAY + MINUTE)) is PRESENT
    assert low(total(2.3, HOUR), ionised(1.0, HOUR + DAY + MINUTE)) is ABSENT


def test_a_borderline_ionised_value_leaves_it_open_whatever_the_total_says() -> None:
    assert low(total(1.8, HOUR), ionised(1.13, HOUR)) is UNKNOWN


def test_a_preliminary_normal_ionised_value_does_not_silence_a_low_total() -> None:
    preliminary = ionised(1.2, HOUR, progress=Progress.PRELIMINARY)
    assert low(total(1.8, HOUR), preliminary) is PRESENT
    assert low(total(2.3, HOUR), preliminary) is ABSENT


def test_a_preliminary_normal_total_does_not_silence_an_older_low_ionised_value() -> None:
    assert low(early(2.3, HOUR), ionised(1.0, 3 * DAY)) is PRESENT


def test_a_preliminary_low_total_is_heard_past_old_normal_ones() -> None:
    assert low(early(1.8, HOUR), total(2.3, 3 * DAY), ionised(1.2, 3 * DAY)) is PRESENT


def test_an_unreadable_ionised_value_does_not_silence_a_low_total() -> None:
    assert low(total(1.8, HOUR), ionised(12, HOUR)) is PRESENT


def test_a_bare_low_does_not_end_an_older_severe_value_but_a_bare_normal_does() -> None:
    def severe(flag: Side, concept: str = TOTAL) -> State:
        bare = result(concept, flag=flag, at=NOW - HOUR)
        return state_of(RULES, SEVERE, total(1.8, DAY), bare)

    assert severe(Side.LOW) is PRESENT
    assert severe(Side.LOW, IONISED) is PRESENT
    assert severe(Side.NORMAL) is UNKNOWN
    assert severe(Side.HIGH) is UNKNOWN
    own = result(TOTAL, 7.0, low=8.5, high=10.5, at=NOW - HOUR)
    assert state_of(RULES, SEVERE, total(1.8, DAY), own) is PRESENT


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("some-calcium", False, False),
        ("some-more-calcium", False, True),
        ("some-less-calcium", True, False),
    ],
)
def test_a_bare_flag_leaves_alone_only_what_lies_on_its_side(
    name: str, *, low: bool, high: bool
) -> None:
    older = {"some-calcium": 2.1, "some-more-calcium": 2.7, "some-less-calcium": 1.9}[name]
    for flag, stays in ((Side.LOW, low), (Side.HIGH, high), (Side.NORMAL, False)):
        bare = result(TOTAL, flag=flag, at=NOW - HOUR)
        state = state_of(RULES, name, total(older, DAY), bare)
        assert state is (PRESENT if stays else UNKNOWN)


def test_an_undated_total_is_not_newer_than_a_dated_ionised_value() -> None:
    assert low(total(1.8, None), ionised(1.2, DAY)) is ABSENT


def test_what_is_older_than_both_look_backs_is_not_told() -> None:
    limits = {"present": 30 * DAY, "absent": 3 * DAY}
    rules = replace(
        RULES,
        findings={LOW: RULES.findings[LOW].model_copy(update={"valid": Valid(**limits)})},
    )
    old, recent = total(9.3, 31 * DAY), total(9.3, 29 * DAY)
    told = look_up(rules, LOW, old, recent).undecided
    assert [support.fact for support in told] == [recent]


def test_a_limit_in_a_unit_that_does_not_convert_is_an_error_of_the_rules() -> None:
    broken = measured("broken", criterion(TOTAL, {"below": 1}, {"above": 1}, unit="mm[Hg]"))
    rules = replace(RULES, findings={"broken": broken})
    with pytest.raises(ValueError, match="does not convert"):
        state_of(rules, "broken", total(1.8, DAY))


def test_repeating_a_result_changes_nothing() -> None:
    facts = total(1.8, HOUR), total(9.3, DAY), ionised(1.13, 2 * DAY)
    assert look_up(RULES, LOW, *facts) == look_up(RULES, LOW, *facts, *facts)
