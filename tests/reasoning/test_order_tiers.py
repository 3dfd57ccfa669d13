"""Which orders are asked for, by whom, in which tier and how many."""

from typing import Any

import pytest

from orbicularis.facts.assessment import OrderResult, OrderState
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.base import KnowledgeFile
from tests.support.bundles import bundle, by, cause, con, finding, order, pro, red_flag, service
from tests.support.charts import DAY, NOW, assessed, fact, problem, result, seen

ORDERS = tuple(map(order, ("calcium", "ecg", "mri", "emg")))
LATER, PROPOSED = OrderState.LATER, OrderState.PROPOSED


def orders(*rules: KnowledgeFile, facts: tuple[Fact, ...] = ()) -> tuple[OrderResult, ...]:
    given = (*ORDERS, finding("a"), finding("b"), *rules)
    return assessed(bundle(*given), seen("twitching"), *facts).orders


def states(*rules: KnowledgeFile, facts: tuple[Fact, ...] = ()) -> dict[str, OrderState]:
    return {one.order.id: one.state for one in orders(*rules, facts=facts)}


def tiered(name: str = "spasm", *, then: str = "mri", **more: Any) -> KnowledgeFile:
    workup = {"first": ["calcium", "ecg"], "then": [then]}
    return cause(name, pro("twitching", "strong"), workup=workup, **more)


def test_a_second_tier_waits_for_the_first() -> None:
    assert states(tiered()) == {"calcium": PROPOSED, "ecg": PROPOSED, "mri": LATER}


@pytest.mark.parametrize(
    ("ecg", "mri"),
    [
        (fact(Source.PROCEDURE, "ecg"), PROPOSED),
        (fact(Source.REPORT, "ecg", progress=Progress.PENDING), LATER),
        (fact(Source.REQUEST, "ecg", progress=Progress.ACTIVE), LATER),
        (fact(Source.DRAFT, "ecg"), LATER),
    ],
    ids=lambda value: f"{value.source}-{value.progress}" if isinstance(value, Fact) else "",
)
def test_a_second_tier_comes_when_the_first_is_done_not_when_it_is_awaited(
    ecg: Fact, mri: OrderState
) -> None:
    told = {one.order.id: one for one in orders(tiered(), facts=(result("calcium"), ecg))}
    assert told["mri"].state is mri
    assert not told["mri"].first_tier


@pytest.mark.parametrize(("kind", "mri"), [("referral", PROPOSED), ("study", LATER)])
def test_a_referral_that_was_made_is_nothing_to_wait_for(kind: str, mri: OrderState) -> None:
    asked = fact(Source.REQUEST, "ecg", progress=Progress.ACTIVE)
    rules = tiered(), order("ecg", kind=kind)
    assert states(*rules, facts=(result("calcium"), asked))["mri"] is mri


def test_of_a_family_of_orders_one_is_proposed() -> None:
    def proposed(*names: str, **urgent: Any) -> list[str]:
        rules = (
            cause("spasm", pro("twitching", "strong"), workup={"first": names}),
            order("head", satisfied_by=("whole",), **urgent),
            order("whole", satisfied_by=("head",)),
        )
        return [one.order.id for one in orders(*rules) if one.state is PROPOSED]

    assert proposed("head", "whole", "ecg") == ["head", "ecg"]
    assert proposed("whole", "head", "ecg") == ["whole", "ecg"]
    # The more urgent one is not left out for one that can wait.
    assert proposed("whole", "head", priority="stat") == ["whole", "head"]
    assert proposed("head", "whole", priority="stat") == ["head"]


def test_an_order_that_another_covers_says_so() -> None:
    rules = tiered(), order("ecg", satisfied_by=("calcium",))
    assert states(*rules)["ecg"] is OrderState.COVERED
    assert states(*rules, facts=(result("calcium"),))["ecg"] is OrderState.DONE


def test_a_second_tier_is_not_held_up_by_another_causes_first_tier() -> None:
    done = cause("done", pro("twitching", "strong"), workup={"first": ["emg"], "then": ["mri"]})
    assert states(tiered(then="mri"), done, facts=(result("emg"),))["mri"] is PROPOSED


def test_a_cause_with_a_second_tier_alone_asks_for_it_at_once() -> None:
    alone = cause("alone", pro("twitching", "strong"), workup={"then": ["mri"]})
    (one,) = orders(alone)
    assert (one.state, one.first_tier) == (PROPOSED, False)


def test_what_is_first_tier_for_anybody_is_first_tier() -> None:
    other = cause("other", pro("twitching"), workup={"first": ["mri"]})
    told = {one.order.id: one for one in orders(tiered(), other)}
    assert (told["mri"].state, told["mri"].first_tier) == (PROPOSED, True)
    assert told["mri"].asked_by == ("Other", "Spasm")


def test_only_causes_that_are_at_least_possible_ask() -> None:
    unlikely = cause(
        "spasm", pro("twitching", "weak"), con("a", "strong"), workup={"first": ["calcium"]}
    )
    assert orders(unlikely, facts=(seen("a"),)) == ()
    assert len(orders(unlikely)) == 1
    excluded = tiered(excluded_by=("a",))
    assert orders(excluded, facts=(seen("a"),)) == ()


def test_a_diagnosis_that_has_long_been_known_asks_for_nothing() -> None:
    known = tiered(known_by=("recorded",))
    recorded = finding("recorded", by(condition={"codes": ["spasm"]}))
    old = problem("spasm", at=NOW - 90 * DAY)
    assert orders(known, recorded, facts=(old,)) == ()
    alarm = red_flag("alarm", "a", points_to=("spasm",))
    assert len(orders(known, recorded, alarm, facts=(old, seen("a")))) == 3


def test_red_flags_ask_first_then_causes_then_the_baseline_then_second_tiers() -> None:
    rules = (
        red_flag("alarm", "a", orders=("emg",)),
        red_flag("quiet", "b", orders=("mri",)),
        cause("spasm", pro("twitching", "strong"), workup={"first": ["ecg"]}),
        service(baseline=[{"when": "twitching", "orders": ["calcium", "ecg"], "reason": "always"}]),
    )
    told = orders(*rules, facts=(seen("a"),))
    assert [one.order.id for one in told] == ["emg", "ecg", "calcium"]
    assert [one.asked_by for one in told] == [("Alarm",), ("Spasm", "always"), ("always",)]
    assert all(one.first_tier for one in told)


def test_the_baseline_asks_only_when_its_combination_holds() -> None:
    rule = service(
        baseline=[
            {"when": {"not": "a"}, "orders": ["calcium"], "reason": "not a"},
            {"when": {"unless_present": "a"}, "orders": ["ecg"], "reason": "unless a"},
        ]
    )
    assert states(rule) == {"ecg": PROPOSED}
    assert states(rule, facts=(seen("a", State.ABSENT),)).keys() == {"calcium", "ecg"}
    assert states(rule, facts=(seen("a"),)) == {}


def test_no_more_are_proposed_than_the_cap_allows_and_the_others_say_so() -> None:
    rule = service(caps={"causes": 5, "orders": 2, "reasons": 4})
    first = cause(
        "spasm", pro("twitching", "strong"), workup={"first": ["calcium", "ecg", "mri", "emg"]}
    )
    told = states(rule, first, facts=(result("calcium"),))
    assert told == {
        "ecg": PROPOSED,
        "mri": PROPOSED,
        "emg": OrderState.BEYOND_CAP,
        "calcium": OrderState.DONE,
    }
    assert list(told) == ["ecg", "mri", "emg", "calcium"]
