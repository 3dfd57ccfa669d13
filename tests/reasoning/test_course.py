"""How long findings have lasted, and how lately they began."""

from datetime import timedelta
from typing import Any

import pytest

from orbicularis.facts.fact import Fact, Progress, State
from tests.support.bundles import bundle, by, finding, seen_as
from tests.support.charts import DAY, HOUR, NOW, look_up, problem, seen, state_of

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN
MINUTE = timedelta(minutes=1)


def course(name: str, of: tuple[str, ...] = ("weakness",), **how: Any) -> Any:
    return finding(name, by(course={"of": of, **how}), kind="course")


RULES = bundle(
    finding("weakness", seen_as("weakness"), by(condition={"codes": ["weakness"]})),
    finding("droop"),
    finding("either", by(combination={"any": ["weakness", "droop"]})),
    finding("young", by(demographic={"age_years": {"below": 18}})),
    course("long", lasting_at_least=14 * DAY),
    course("short", lasting_under=14 * DAY),
    course("acute", began_within=DAY),
    course("long-either", ("weakness", "droop"), lasting_at_least=14 * DAY),
    course("acute-combination", ("either",), began_within=DAY),
    course("young-for-long", ("young",), lasting_at_least=DAY),
)


def state(name: str, *facts: Fact) -> State:
    return state_of(RULES, name, *facts)


def onset(ago: timedelta, **more: Any) -> Fact:
    return seen("weakness", began=NOW - ago, **more)


@pytest.mark.parametrize(
    ("ago", "long"), [(14 * DAY, PRESENT), (14 * DAY - MINUTE, ABSENT), (-DAY, ABSENT)]
)
def test_how_long_it_has_lasted_by_its_onset(ago: timedelta, long: State) -> None:
    opposite = {PRESENT: ABSENT, ABSENT: PRESENT}
    assert state("long", onset(ago)) is long
    assert state("short", onset(ago)) is opposite[long]


def test_an_unknown_onset_leaves_it_unknown() -> None:
    """A record of three weeks ago does not say that it is still there today."""
    for fact in (seen("weakness"), seen("weakness", at=NOW - 21 * DAY)):
        assert state("long", fact) is UNKNOWN
        assert look_up(RULES, "long", fact).supports == ()
        assert state("short", fact) is UNKNOWN


def test_a_problem_that_is_still_active_has_lasted_since_it_was_recorded() -> None:
    old = problem("weakness", at=NOW - 21 * DAY)
    assert state("long", old) is PRESENT
    assert state("short", old) is ABSENT
    assert state("long", problem("weakness", at=NOW - 14 * DAY)) is PRESENT
    assert state("long", problem("weakness", at=NOW - 14 * DAY + MINUTE)) is UNKNOWN
    assert state("long", problem("weakness", at=None)) is UNKNOWN
    assert state("long", problem("weakness", at=NOW + 40 * DAY, future=True)) is UNKNOWN
    assert state("long", problem("weakness", at=NOW - 21 * DAY, span=31 * DAY)) is UNKNOWN


@pytest.mark.parametrize(
    ("days", "span", "expected"),
    [(30, 31, UNKNOWN), (45, 31, PRESENT), (13, 31, ABSENT), (15, 1, PRESENT), (14, 1, UNKNOWN)],
)
def test_an_imprecise_onset_decides_only_what_it_surely_tells(
    days: int, span: int, expected: State
) -> None:
    assert state("long", onset(days * DAY, began_span=span * DAY)) is expected
    # How imprecise the date of the record is makes no difference.
    assert state("long", onset(45 * DAY, span=365 * DAY)) is PRESENT


def test_the_earliest_of_several_onsets_counts() -> None:
    assert state("long", onset(2 * DAY), onset(20 * DAY)) is PRESENT
    assert state("long", onset(2 * DAY), onset(3 * DAY)) is ABSENT
    assert state("long-either", onset(2 * DAY), seen("droop", began=NOW - 20 * DAY)) is PRESENT


def test_without_the_finding_there_is_no_course() -> None:
    for name in ("long", "short", "acute"):
        assert state(name) is UNKNOWN
        assert state(name, seen("weakness", ABSENT)) is ABSENT
    assert state("long-either", seen("weakness", ABSENT)) is UNKNOWN
    assert state("long-either", seen("weakness", ABSENT), seen("droop", ABSENT)) is ABSENT
    assert state("young-for-long") is UNKNOWN


@pytest.mark.parametrize(("ago", "acute"), [(DAY, PRESENT), (DAY + MINUTE, ABSENT)])
def test_how_lately_it_began_by_its_onset(ago: timedelta, acute: State) -> None:
    assert state("acute", onset(ago)) is acute
    # A long-standing deficit is not acute, wherever and whenever it is recorded.
    assert state("acute", onset(ago, in_encounter=True)) is acute


def test_an_onset_that_may_be_new_is_new() -> None:
    assert state("acute", onset(20 * DAY, began_span=31 * DAY)) is PRESENT
    assert state("acute", onset(40 * DAY, began_span=31 * DAY)) is ABSENT


@pytest.mark.parametrize(
    ("record", "acute"),
    [
        ({"at": NOW - DAY}, PRESENT),
        ({"at": NOW - DAY - MINUTE}, ABSENT),
        ({"at": NOW - 2 * DAY, "span": DAY}, PRESENT),
        ({"at": NOW - 3 * DAY, "span": DAY}, ABSENT),
        ({"at": NOW - 90 * DAY, "in_encounter": True}, PRESENT),
        ({"at": None}, PRESENT),
        ({"at": NOW + 9 * DAY, "future": True}, PRESENT),
    ],
    ids=str,
)
def test_an_unknown_onset_is_new_when_the_record_is(record: dict[str, Any], acute: State) -> None:
    assert state("acute", seen("weakness", **record)) is acute
    assert state("acute", problem("weakness", **record)) is acute


def test_only_the_new_records_speak_for_a_new_course() -> None:
    old, new = problem("weakness", at=NOW - 900 * DAY), seen("weakness", at=NOW - HOUR)
    told = look_up(RULES, "acute", old, new)
    assert [support.fact for support in told.supports] == [new]


def test_a_course_of_a_combination_rests_on_the_facts_of_its_parts() -> None:
    assert state("acute-combination", seen("droop", at=NOW - HOUR)) is PRESENT
    assert state("acute-combination", seen("droop", at=NOW - 9 * DAY)) is ABSENT


def test_a_past_problem_has_no_course() -> None:
    assert state("acute", problem("weakness", Progress.PAST)) is UNKNOWN
