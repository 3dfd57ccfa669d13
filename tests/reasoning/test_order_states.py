"""Why an order is proposed, or is not."""

from typing import Any

import pytest

from orbicularis.facts.assessment import OrderResult, OrderState
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.finding import Side
from tests.support.bundles import bundle, by, cause, finding, measurement, order, pro, red_flag
from tests.support.charts import DAY, HOUR, NOW, assessed, done, fact, result, seen

PENDING, ACTIVE, PAST = Progress.PENDING, Progress.ACTIVE, Progress.PAST
PROPOSED = OrderState.PROPOSED

LOW = finding(
    "low-calcium",
    by(
        measurement={
            "by": [
                {
                    "measurement": "calcium",
                    "unit": "mmol/L",
                    "present": {"below": 2.12},
                    "absent": {"at_least": 2.12},
                    "laboratory_range": "low",
                }
            ]
        }
    ),
)
RULES = (
    cause("lack", pro("twitching", "strong"), workup={"first": ["calcium"]}),
    measurement("calcium", "mmol/L", plausible={"at_least": 0.5, "at_most": 6}),
    LOW,
)


def told(*facts: Fact, **more: Any) -> OrderResult:
    """What becomes of a calcium that is good for a day and awaited for a week."""
    rule = order("calcium", satisfied_by=("panel",), awaited_for=7 * DAY, **more)
    (one,) = assessed(bundle(*RULES, rule), seen("twitching"), *facts).orders
    return one


def report(concept: str, **more: Any) -> Fact:
    return fact(Source.REPORT, concept, **more)


def request(**more: Any) -> Fact:
    return fact(Source.REQUEST, "calcium", **{"progress": ACTIVE, **more})


def test_what_nobody_has_asked_yet_is_proposed() -> None:
    one = told(answers=("low-calcium",))
    assert (one.state, one.because, one.first_tier) == (PROPOSED, None, True)
    assert one.asked_by == ("Lack",)
    assert [finding.finding.id for finding in one.settles] == ["low-calcium"]


@pytest.mark.parametrize(
    "record",
    [
        result("calcium", 2.3, "mmol/L"),
        result("calcium", 2.3, "mmol/L", at=NOW - DAY),
        result("calcium", flag=Side.LOW),
        result("calcium", 9.0, low=8.5, high=10.5),
        result("panel"),
        report("panel"),
        done("calcium"),
    ],
    ids=lambda record: f"{record.source}-{record.label}",
)
def test_done(record: Fact) -> None:
    one = told(record)
    assert (one.state, one.because) == (OrderState.DONE, record)


@pytest.mark.parametrize(
    "record",
    [
        # nobody can read it
        result("calcium", 9.3, "mmol/L"),
        result("calcium", 9.0, "furlong"),
        result("calcium", 2.3, "mmol/L", state=State.UNKNOWN),
        result("calcium"),
        # too old, or of unknown age
        result("calcium", 2.3, "mmol/L", at=NOW - DAY - HOUR),
        result("calcium", 2.3, "mmol/L", at=NOW - DAY - HOUR, span=DAY),
        result("calcium", 2.3, "mmol/L", at=None),
        result("calcium", 2.3, "mmol/L", at=NOW + 9 * DAY, future=True),
        # not done, or about something else
        done("calcium", state=State.ABSENT),
        report("calcium", state=State.UNKNOWN),
        result("panel", state=State.UNKNOWN),
        result("magnesium", 0.8, "mmol/L"),
        fact(Source.CONDITION, "calcium", progress=ACTIVE),
        # no longer asked for
        request(progress=PAST),
        request(at=NOW - 7 * DAY - HOUR),
        result("calcium", progress=PENDING, at=NOW - 7 * DAY - HOUR),
    ],
    ids=lambda record: f"{record.source}-{record.progress}-{record.at}",
)
def test_not_done_and_not_pending(record: Fact) -> None:
    assert told(record).state is PROPOSED


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (result("calcium", progress=PENDING), OrderState.PENDING),
        (result("calcium", progress=PENDING, at=NOW - 7 * DAY), OrderState.PENDING),
        (result("calcium", 2.3, "mmol/L", progress=Progress.PRELIMINARY), OrderState.PENDING),
        (report("panel", progress=PENDING), OrderState.PENDING),
        (done("calcium", progress=PENDING), OrderState.PENDING),
        (request(), OrderState.ORDERED),
        (request(at=NOW - 7 * DAY), OrderState.ORDERED),
        (request(at=None), OrderState.ORDERED),
        (fact(Source.DRAFT, "calcium"), OrderState.DRAFTED),
        (fact(Source.DRAFT, "panel", at=None), OrderState.DRAFTED),
    ],
    ids=lambda value: f"{value.source}-{value.progress}" if isinstance(value, Fact) else "",
)
def test_pending_ordered_or_drafted(record: Fact, state: OrderState) -> None:
    one = told(record)
    assert (one.state, one.because) == (state, record)


def test_an_order_without_a_code_is_known_by_its_own_words() -> None:
    asked = fact(Source.REQUEST, progress=ACTIVE, orders=frozenset({"calcium"}))
    other = fact(Source.REQUEST, progress=ACTIVE, orders=frozenset({"magnesium"}))
    assert told(asked, code=None).because == asked
    assert told(other, code=None).state is PROPOSED


def test_a_record_of_several_kinds_says_the_most_that_is_true() -> None:
    draft, asked = fact(Source.DRAFT, "calcium"), request()
    awaited, final = result("calcium", progress=PENDING), result("calcium", 2.3, "mmol/L")
    assert told(draft, asked, awaited, final).because == final
    assert told(draft, asked, awaited).because == awaited
    assert told(draft, asked).because == asked


def test_the_latest_record_is_named() -> None:
    old = result("calcium", 2.3, "mmol/L", at=NOW - 20 * HOUR)
    new = result("panel", at=NOW - 2 * HOUR)
    assert told(old, new).because == told(new, old).because == new


def test_somebody_in_a_hurry_wants_a_result_of_the_last_hours() -> None:
    hurry = red_flag("alarm", "twitching", orders=("calcium",), results_last=6 * HOUR)

    def state(*facts: Fact) -> OrderState:
        rule = order("calcium", answers=("low-calcium",))
        (one,) = assessed(bundle(*RULES, rule, hurry), seen("twitching"), *facts).orders
        return one.state

    assert state(result("calcium", 1.8, "mmol/L", at=NOW - 6 * HOUR)) is OrderState.DONE
    assert state(result("calcium", 1.8, "mmol/L", at=NOW - 7 * HOUR)) is PROPOSED
    assert state(request(at=NOW - 6 * HOUR)) is OrderState.ORDERED
    assert state(request(at=NOW - 7 * HOUR)) is PROPOSED


@pytest.mark.parametrize(
    ("own", "flag", "comes_to"),
    [
        ("routine", None, "routine"),
        ("routine", "stat", "stat"),
        ("stat", "urgent", "stat"),
    ],
)
def test_an_order_is_as_urgent_as_the_most_urgent_that_asks(
    own: str, flag: str | None, comes_to: str
) -> None:
    alarm = red_flag("alarm", "twitching", orders=("calcium",), priority=flag)
    rules = bundle(*RULES, order("calcium", priority=own), alarm)
    (one,) = assessed(rules, seen("twitching")).orders
    assert one.priority == comes_to


def test_an_answered_question_is_not_asked_again() -> None:
    known = result("other-calcium", 1.8, "mmol/L", at=NOW - 9 * DAY)
    elsewhere = measurement(
        "calcium", "mmol/L", codes=("calcium", "other-calcium"), plausible={"above": 0}
    )
    rules = bundle(*RULES, elsewhere, order("calcium", answers=("low-calcium",)))
    (one,) = assessed(rules, seen("twitching"), known).orders
    assert (one.state, one.because) == (OrderState.ANSWERED, None)


def test_an_order_is_proposed_while_one_of_its_questions_is_open() -> None:
    rules = bundle(*RULES, finding("open"), order("calcium", answers=("low-calcium", "open")))
    (one,) = assessed(rules, seen("twitching"), seen("open", State.UNKNOWN)).orders
    assert one.state is PROPOSED
