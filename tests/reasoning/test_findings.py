"""A finding that several ways of recognising it speak of."""

from itertools import product

import pytest

from orbicularis.facts.chart import Person
from orbicularis.facts.fact import State
from orbicularis.reasoning.findings import Findings
from tests.support.bundles import bundle, by, finding, seen_as
from tests.support.charts import HOUR, NOW, chart, look_up, seen, state_of

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN

RULES = bundle(
    finding("a"),
    finding("b"),
    finding("c"),
    finding("all", by(combination={"all": ["a", "b"]})),
    finding("alone", by(combination={"all": ["a", {"unless_present": "b"}]})),
    finding("either-way", by(combination="a"), by(combination="b")),
    finding("record-or-way", seen_as("c"), by(combination="a")),
    finding("boy", by(demographic={"sex": "male"}), by(combination="a")),
)


@pytest.mark.parametrize(("first", "second"), list(product(State, repeat=2)))
def test_several_combinations_are_an_or(first: State, second: State) -> None:
    expected = UNKNOWN
    if PRESENT in (first, second):
        expected = PRESENT
    elif first is second is ABSENT:
        expected = ABSENT
    assert state_of(RULES, "either-way", seen("a", first), seen("b", second)) is expected


@pytest.mark.parametrize(
    ("record", "other", "expected"),
    [
        (PRESENT, ABSENT, PRESENT),
        (ABSENT, PRESENT, PRESENT),
        # A record that says no is an answer; that a combination is not known is none.
        (ABSENT, UNKNOWN, ABSENT),
        (UNKNOWN, ABSENT, ABSENT),
        (UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_a_record_beside_a_combination(record: State, other: State, expected: State) -> None:
    facts = seen("c", record), seen("a", other)
    assert state_of(RULES, "record-or-way", *facts) is expected


def test_an_unknown_age_or_sex_beside_a_combination_that_is_absent() -> None:
    no = seen("a", ABSENT)
    assert state_of(RULES, "boy", no) is UNKNOWN
    assert state_of(RULES, "boy", no, person=Person(sex="female")) is ABSENT
    assert state_of(RULES, "boy", no, person=Person(sex="male")) is PRESENT


def test_a_combination_rests_on_the_facts_that_made_it_so() -> None:
    a, b = seen("a"), seen("b")
    told = look_up(RULES, "all", a, b)
    assert {support.fact for support in told.supports} == {a, b}
    no = seen("b", ABSENT)
    told = look_up(RULES, "all", a, no)
    assert [support.fact for support in told.supports] == [no]
    told = look_up(RULES, "alone", a)
    assert (told.state, [support.fact for support in told.supports]) == (PRESENT, [a])


def test_an_unknown_finding_rests_on_nothing() -> None:
    assert look_up(RULES, "all", seen("a")).supports == ()


def test_each_finding_is_evaluated_once_and_only_when_asked_for() -> None:
    findings = Findings(chart(seen("a", at=NOW - HOUR)), RULES)
    assert findings.evaluated == {}
    assert findings("either-way") is findings("either-way")
    assert set(findings.evaluated) == {"either-way", "a", "b"}
