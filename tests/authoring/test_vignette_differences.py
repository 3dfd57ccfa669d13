"""What a vignette says when the answer is not the expected one."""

from typing import Any

import pytest

from orbicularis.authoring.vignettes import Outcome, run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.vignette import Vignette
from tests.support.bundles import bundle, cause, con, finding, order, pro, red_flag

ENGINE = Engine(
    bundle(
        finding("a"),
        finding("b"),
        cause("one", pro("twitching", "strong"), workup={"first": ["calcium"]}),
        cause("two", pro("twitching", "moderate")),
        cause("low", pro("twitching", "weak"), con("twitching", "strong")),
        red_flag("alarm", "a"),
        order("calcium"),
        codes=("twitching", "a", "b", "calcium"),
    )
)


def ran(expect: dict[str, Any], *codes: str, **patient: Any) -> Outcome:
    observations = [{"code": code} for code in codes]
    vignette = {
        "name": "case",
        "patient": {"observations": observations, **patient},
        "expect": expect,
    }
    return run(Vignette.model_validate(vignette), "twitching-service", ENGINE)


MET: list[dict[str, Any]] = [
    {"first": "one"},
    {"listed": ["one", "two", "low"]},
    {"not_listed": ["three"]},
    {"above": [["one", "two"], ["one", "three"]]},
    {"band": {"one": "well-supported"}},
    {"red_flags": []},
    {"indicator": "info"},
    {"orders": ["calcium"]},
    {"no_orders": ["scan"]},
    {"findings": {"twitching": "present", "a": "unknown"}},
    {"findings": {"b": "unknown"}},
]
UNMET: list[dict[str, Any]] = [
    {"nothing": True},
    {"first": "two"},
    {"first": "three"},
    {"listed": ["three"]},
    {"not_listed": ["two"]},
    {"above": [["two", "one"]]},
    {"above": [["three", "four"]]},
    {"above": [["three", "one"]]},
    {"band": {"one": "possible"}},
    {"band": {"three": "possible"}},
    {"red_flags": ["alarm"]},
    {"indicator": "critical"},
    {"orders": ["scan"]},
    {"no_orders": ["calcium"]},
    {"findings": {"twitching": "absent"}},
    {"findings": {"b": "present"}},
]


@pytest.mark.parametrize("expect", MET, ids=str)
def test_what_is_met_makes_no_difference(expect: dict[str, Any]) -> None:
    assert ran(expect, "twitching").differences == ()


@pytest.mark.parametrize("expect", UNMET, ids=str)
def test_what_is_not_met_is_told(expect: dict[str, Any]) -> None:
    assert len(ran(expect, "twitching").differences) == 1


def test_a_fired_flag_must_be_expected() -> None:
    assert (
        ran({"red_flags": ["alarm"], "indicator": "critical"}, "twitching", "a").differences == ()
    )
    assert len(ran({"red_flags": []}, "twitching", "a").differences) == 1


def test_nothing_is_expected_of_somebody_without_an_index_finding() -> None:
    assert ran({"nothing": True}, "a").differences == ()
    assert len(ran({"indicator": "info"}, "a").differences) == 1


def test_a_source_that_cannot_be_read_is_told_as_such() -> None:
    outcome = ran({"indicator": "info"}, "twitching", unreadable=["laboratory"])
    assert "laboratory results: failed" in outcome.answer.cards[0].detail


def test_a_difference_says_what_was_expected_and_what_came() -> None:
    expect = {"first": "two", "band": {"one": "possible"}, "red_flags": ["alarm"]}
    assert [str(difference) for difference in ran(expect, "twitching").differences] == [
        "first cause: expected two; got one, two, low",
        "band of one: expected possible; got well-supported",
        "red flags: expected alarm; got none",
    ]


def test_a_finding_is_looked_at_though_no_rule_asks_for_it() -> None:
    assert ran({"nothing": True, "findings": {"b": "present"}}, "b").differences == ()
