"""The order in which causes are listed."""

from typing import Any

import pytest

from orbicularis.facts.assessment import Band, CauseResult, Hidden
from orbicularis.facts.fact import State
from orbicularis.knowledge.cause import Cause, Evidence
from tests.support.bundles import bundle, cause, con, finding, pro, red_flag, service
from tests.support.charts import assessed, seen

SIGN, SYMPTOM = "sign", "symptom"


def order_of(*rules: Any, **caps: int) -> list[str]:
    """Ids of the listed causes when ``sign``, ``symptom`` and the index finding are present."""
    return [told.cause.id for told in results(*rules, **caps) if told.hidden is None]


def results(*rules: Any, **caps: int) -> tuple[CauseResult, ...]:
    rules += (
        finding(SIGN, kind="sign"),
        finding(SYMPTOM),
        finding("normal", kind="laboratory"),
        service(caps={"causes": 5, "orders": 6, "reasons": 4, **caps}),
    )
    facts = seen("twitching"), seen(SIGN), seen(SYMPTOM), seen("normal", State.ABSENT)
    return assessed(bundle(*rules), *facts).causes


def benign(name: str, *evidence: Evidence, **more: Any) -> Cause:
    return cause(name, *evidence, category="benign-trigger", **more)


def test_the_better_supported_stands_first() -> None:
    weak, strong = cause("a-weak", pro(SIGN, "weak")), cause("b-strong", pro(SIGN, "strong"))
    assert order_of(weak, strong) == order_of(strong, weak) == ["b-strong", "a-weak"]


def test_a_better_band_stands_before_a_better_score() -> None:
    defined = cause("defined", pro(SIGN, "weak", defines=True))
    capped = cause("capped", pro(SIGN, "strong"), requires=("unknown",))
    assert order_of(defined, capped, finding("unknown")) == ["defined", "capped"]


@pytest.mark.parametrize("kind", ["sign", "laboratory", "exposure", "procedure", "condition"])
def test_a_benign_trigger_stands_below_a_cause_with_hard_support(kind: str) -> None:
    rules = (
        benign("coffee", pro(SYMPTOM, "strong"), prior="common"),
        cause("spasm", pro("hard", "weak")),
        finding("hard", kind=kind),
        finding(SYMPTOM),
    )
    listed = assessed(bundle(*rules), *map(seen, ("twitching", "hard", SYMPTOM))).listed
    assert [told.cause.id for told in listed] == ["spasm", "coffee"]


@pytest.mark.parametrize(
    "soft",
    [pro(SYMPTOM, "weak"), pro("normal", "weak", when="absent"), pro("twitching", "weak")],
    ids=lambda line: line.finding,
)
def test_a_symptom_or_a_normal_result_is_no_hard_support(soft: Evidence) -> None:
    coffee = benign("coffee", pro(SIGN, "strong"), prior="common")
    assert order_of(cause("spasm", soft), coffee) == ["coffee", "spasm"]


def test_evidence_against_is_no_hard_support() -> None:
    coffee = benign("coffee", pro(SYMPTOM, "strong"), prior="common")
    spasm = cause("spasm", pro(SYMPTOM), con(SIGN, "weak"), prior="common")
    assert order_of(spasm, coffee) == ["coffee", "spasm"]


def test_a_sign_is_hard_support_even_if_its_group_outweighs_it() -> None:
    coffee = benign("coffee", pro(SYMPTOM, "strong"), prior="common")
    spasm = cause("spasm", pro(SYMPTOM, "moderate", group="g"), pro(SIGN, "weak", group="g"))
    assert order_of(spasm, coffee) == ["spasm", "coffee"]


def test_a_diagnosis_by_exclusion_stands_last() -> None:
    last = cause("a-leftover", pro(SIGN, "strong"), prior="common", by_exclusion=True)
    assert order_of(last, benign("coffee", pro(SYMPTOM, "weak"))) == ["coffee", "a-leftover"]


def test_a_flagged_cause_stands_first() -> None:
    rules = (
        cause("common", pro(SIGN, "strong"), prior="common"),
        cause("flagged", pro(SYMPTOM, "weak")),
        red_flag("alarm", SIGN, points_to=("flagged",)),
    )
    assert order_of(*rules) == ["flagged", "common"]
    warning = red_flag("alarm", SIGN, points_to=("flagged",), indicator="warning")
    assert order_of(*rules, warning) == ["common", "flagged"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"urgency": "critical"}, {"urgency": "warning"}),
        ({"urgency": "warning"}, {"urgency": "info", "do_not_miss": True}),
        ({"do_not_miss": True}, {}),
        ({"title": "A"}, {"title": "B"}),
    ],
)
def test_ties_break_by_danger_then_by_name(first: dict[str, Any], second: dict[str, Any]) -> None:
    rules = cause("z", pro(SIGN), **first), cause("a", pro(SIGN), **second)
    assert order_of(*rules) == order_of(*reversed(rules)) == ["z", "a"]


def test_sums_in_another_order_are_still_a_tie() -> None:
    lines = [pro(SIGN, "weak"), pro(SYMPTOM, "moderate"), pro("twitching", "strong")]
    rules = cause("z", *lines, title="A"), cause("a", *reversed(lines), title="B")
    assert order_of(*rules) == ["z", "a"]


def specific(strength: str = "weak", **more: Any) -> Cause:
    return cause("specific", pro(SIGN, strength), more_general=("general",), **more)


GENERAL = cause("general", pro(SIGN, "strong"))
MIDDLE = cause("middle", pro(SIGN, "moderate"))


def test_a_specific_cause_is_lifted_right_before_the_general_one() -> None:
    assert order_of(GENERAL, MIDDLE, specific()) == ["specific", "general", "middle"]


def test_a_specific_cause_that_already_stands_above_stays() -> None:
    assert order_of(GENERAL, MIDDLE, specific("strong", title="A")) == [
        "specific",
        "general",
        "middle",
    ]


def test_a_specific_cause_that_is_less_likely_is_not_lifted() -> None:
    unlikely = cause(
        "specific", pro(SIGN, "weak"), con(SYMPTOM, "strong"), more_general=("general",)
    )
    assert order_of(GENERAL, unlikely) == ["general", "specific"]


def test_a_flagged_general_cause_does_not_fall_below_others() -> None:
    alarm = red_flag("alarm", SIGN, points_to=("general",))
    assert order_of(GENERAL, MIDDLE, specific(), alarm) == ["specific", "general", "middle"]


def test_a_cause_by_exclusion_or_without_a_sign_is_not_lifted() -> None:
    assert order_of(GENERAL, MIDDLE, specific(by_exclusion=True))[-1] == "specific"
    trigger = specific(category="benign-trigger")
    assert order_of(GENERAL, MIDDLE, trigger) == ["general", "middle", "specific"]


def test_a_chain_of_general_causes() -> None:
    narrow = cause("narrow", pro(SIGN, "weak"), more_general=("specific",))
    expected = ["narrow", "specific", "general", "middle"]
    assert order_of(GENERAL, MIDDLE, specific(), narrow) == expected


def test_causes_that_explain_each_other_are_both_listed() -> None:
    one = cause("one", pro(SIGN, "strong"), more_general=("two",))
    two = cause("two", pro(SIGN, "weak"), more_general=("one",))
    assert sorted(order_of(one, two)) == ["one", "two"]


def test_causes_beyond_the_cap_are_hidden_and_say_so() -> None:
    told = results(GENERAL, MIDDLE, cause("last", pro(SIGN, "weak")), causes=2)
    assert [one.hidden for one in told] == [None, None, Hidden.BEYOND_CAP]
    assert told[2].band is Band.POSSIBLE
