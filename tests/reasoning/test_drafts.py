"""Orders that are being placed: what they show, and what they never show."""

import pytest

from orbicularis.facts.assessment import FindingResult, Note, OrderState
from orbicularis.facts.chart import Drafts
from orbicularis.facts.fact import Fact, Source, State
from tests.support.bundles import bundle, by, cause, finding, order, pro, red_flag
from tests.support.charts import DAY, NOW, assessed, fact, look_up, problem, seen, taken

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN

RULES = bundle(
    finding("drug", by(medication={"codes": ["drug"], "exposure": "ever"})),
    finding("drug-drafted", by(draft={"codes": ["drug", "drug-class"]})),
    finding("calcium-drafted", by(draft={"orders": ["calcium"]})),
    finding("either", by(draft={"codes": ["drug"], "orders": ["calcium"]})),
    order("calcium", satisfied_by=("panel",)),
    order("scan", satisfied_by=("scan", "other-scan")),
    cause("harm", pro("drug", "strong"), workup={"first": ["calcium", "scan"]}),
    red_flag("warned", {"all": ["twitching", "drug-drafted"]}, indicator="warning"),
)


def draft(concept: str | None = None, **more: object) -> Fact:
    return fact(Source.DRAFT, concept, **{"placed": True, "at": None, **more})


def told(name: str, *facts: Fact, drafts: Drafts = Drafts.ALL_READ) -> FindingResult:
    return look_up(RULES, name, *facts, drafts=drafts)


@pytest.mark.parametrize(
    ("name", "record", "state"),
    [
        ("drug-drafted", draft("drug"), PRESENT),
        ("drug-drafted", draft("drug-class"), PRESENT),
        ("drug-drafted", draft("drug", at=NOW - 900 * DAY), PRESENT),
        ("drug-drafted", draft("drug", placed=False), ABSENT),
        ("drug-drafted", draft("drug", state=UNKNOWN), ABSENT),
        ("drug-drafted", draft("calcium"), ABSENT),
        ("drug-drafted", taken("drug"), ABSENT),
        ("drug-drafted", problem("drug"), ABSENT),
        ("calcium-drafted", draft("calcium"), PRESENT),
        ("calcium-drafted", draft("panel"), PRESENT),
        ("calcium-drafted", draft(orders=frozenset({"calcium"})), PRESENT),
        ("calcium-drafted", draft(orders=frozenset({"scan"})), ABSENT),
        ("calcium-drafted", draft("calcium", placed=False), ABSENT),
        ("calcium-drafted", fact(Source.REQUEST, "calcium"), ABSENT),
        ("either", draft("drug"), PRESENT),
        ("either", draft("panel"), PRESENT),
    ],
)
def test_what_shows_that_something_is_being_ordered(name: str, record: Fact, state: State) -> None:
    result = told(name, record)
    assert result.state is state
    assert [one.fact for one in result.supports] == ([record] if state is PRESENT else [])


@pytest.mark.parametrize(
    ("drafts", "state"),
    [
        (Drafts.ALL_READ, ABSENT),
        (Drafts.NOT_ALL_READ, UNKNOWN),
        (Drafts.NOT_CARRIED, UNKNOWN),
    ],
)
def test_absent_only_when_all_drafts_are_known(drafts: Drafts, state: State) -> None:
    assert told("drug-drafted", drafts=drafts).state is state
    assert told("drug-drafted", draft("drug"), drafts=drafts).state is PRESENT


def test_the_draft_is_named() -> None:
    (support,) = told("drug-drafted", draft("drug")).supports
    assert support.notes == (Note.DRAFTED,)
    (flag,) = assessed(RULES, seen("twitching"), draft("drug")).fired
    assert [one.finding.id for one in flag.found] == ["twitching", "drug-drafted"]


@pytest.mark.parametrize("selected", [True, False])
def test_a_draft_is_never_an_exposure(selected: bool) -> None:
    without = assessed(RULES, seen("twitching"))
    with_it = assessed(RULES, seen("twitching"), draft("drug", placed=selected))
    assert with_it.findings["drug"].state is UNKNOWN
    assert [(one.cause.id, one.score, one.hidden) for one in with_it.causes] == [
        (one.cause.id, one.score, one.hidden) for one in without.causes
    ]


@pytest.mark.parametrize("selected", [True, False])
@pytest.mark.parametrize(
    ("concept", "order_id"),
    [("calcium", "calcium"), ("panel", "calcium"), ("scan", "scan"), ("other-scan", "scan")],
)
def test_what_is_drafted_is_not_proposed_selected_or_not(
    concept: str, order_id: str, selected: bool
) -> None:
    record = draft(concept, placed=selected)
    orders = {
        one.order.id: one
        for one in assessed(RULES, seen("twitching"), taken("drug"), record).orders
    }
    assert orders[order_id].state is OrderState.DRAFTED
    assert orders[order_id].because == record
    (other,) = set(orders) - {order_id}
    assert orders[other].state is OrderState.PROPOSED
