"""Which cards an assessment gives, and what each carries."""

from typing import Any

import pytest

from orbicularis.cards.card import Card
from orbicularis.facts.chart import AnswerKind, Skipped, SourceAnswer
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.base import KnowledgeFile
from tests.cards.made import cards, composed, encoded
from tests.support.bundles import bundle, by, cause, con, finding, order, pro, red_flag, service
from tests.support.charts import DAY, NOW, assessed, fact, result, seen

SPASM = cause("spasm", pro("twitching", "strong"), workup={"first": ["calcium"], "then": ["scan"]})
ALARM = red_flag("alarm", "a", orders=("ecg",))
RULES = (SPASM, ALARM, *map(finding, "abc"), *map(order, ("calcium", "ecg", "scan")))


def made(*facts: Fact, rules: tuple[KnowledgeFile, ...] = (), **more: Any) -> tuple[Card, ...]:
    return cards(bundle(*RULES, *rules), *facts, **more)


def answers(symptoms: AnswerKind, laboratory: AnswerKind = AnswerKind.ANSWERED) -> Any:
    return {
        "symptoms": SourceAnswer("symptoms", symptoms, index=True),
        "laboratory": SourceAnswer("laboratory", laboratory),
    }


def test_nothing_to_say_is_no_card() -> None:
    assert made() == ()
    assert made(seen("a")) == ()
    assert made(answers=answers(AnswerKind.EMPTY, AnswerKind.FAILED)) == ()
    assert made(answers=answers(AnswerKind.NONE_RETURNED)) == ()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (AnswerKind.FAILED, "symptoms: failed"),
        (AnswerKind.NOT_PROVIDED, "symptoms: not sent"),
        (AnswerKind.INCOMPLETE, "symptoms: incomplete"),
    ],
)
def test_what_may_have_been_missed_is_told_when_nothing_was_found(
    kind: AnswerKind, said: str
) -> None:
    (card,) = made(answers=answers(kind))
    assert (card.summary, card.indicator) == ("Not all could be read", "info")
    assert said in card.detail
    assert not {"suggestions", "selectionBehavior", "extension"} & encoded(card).keys()


def test_what_was_not_read_is_told_on_the_differential() -> None:
    (card,) = made(
        seen("twitching"),
        answers=answers(AnswerKind.ANSWERED, AnswerKind.NONE_RETURNED),
        skipped=(Skipped("Observation/9", "no code"),),
        of_others=3,
    )
    for said in ("laboratory results: none returned", "1 not understood", "3 of other patients"):
        assert f"- {said}" in card.detail.splitlines()
    (complete,) = made(seen("twitching"))
    assert "Not read" not in complete.detail


def test_an_alert_stands_before_the_differential_and_takes_its_own_orders() -> None:
    alert, differential = made(seen("twitching"), seen("a"))
    assert (alert.summary, alert.indicator) == ("Act on alarm", "critical")
    assert "do what alarm asks for" in alert.detail
    assert [one.label for one in alert.suggestions or ()] == ["Ecg"]
    assert [one.label for one in differential.suggestions or ()] == ["Calcium"]
    assert alert.extension is None


def test_all_flags_share_one_card_with_the_highest_indicator() -> None:
    others = (
        red_flag("mild", "a", indicator="warning"),
        red_flag("worse", "a"),
        red_flag("silent", "b"),
    )
    alert, _ = made(seen("twitching"), seen("a"), rules=others)
    assert (alert.summary, alert.indicator) == ("Act on alarm (and 2 more)", "critical")
    places = [alert.detail.index(f"**{name}**") for name in ("Alarm", "Worse", "Mild")]
    assert places == sorted(places)
    assert "Silent" not in alert.detail
    mild, _ = made(
        seen("twitching"), seen("c"), rules=(red_flag("mild", "c", indicator="warning"),)
    )
    assert mild.indicator == "warning"


def test_an_alert_says_what_was_found_and_what_is_not_known() -> None:
    rule = red_flag("mixed", {"all": ["a", {"any": ["b", "c"]}]})
    alert, _ = made(seen("twitching"), seen("a"), seen("b"), rules=(rule,))
    assert "Found: a (2026-06-15)" in alert.detail
    assert "- Unknown: c" in alert.detail.splitlines()


@pytest.mark.parametrize(
    ("urgency", "evidence", "indicator"),
    [
        ("info", pro("twitching", "strong"), "info"),
        ("warning", pro("twitching", "strong"), "warning"),
        ("critical", pro("twitching", "strong"), "warning"),
        ("critical", pro("twitching", "weak"), "info"),  # less likely
    ],
)
def test_only_a_red_flag_is_critical(urgency: str, evidence: Any, indicator: str) -> None:
    one = cause("spasm", evidence, con("a", "strong"), urgency=urgency)
    weak = evidence.strength == "weak"
    rules = bundle(one, finding("a"))
    (card,) = cards(rules, seen("twitching"), *([seen("a")] if weak else []))
    assert card.indicator == indicator


def test_a_rule_of_the_service_can_raise_a_warning() -> None:
    warns = service(warns_when={"all": ["twitching", "a"]})
    (card,) = cards(bundle(SPASM, *map(order, ("calcium", "scan")), finding("a"), warns), *_both())
    assert card.indicator == "warning"


def _both() -> tuple[Fact, Fact]:
    return seen("twitching"), seen("a")


def test_a_known_cause_with_nothing_new_is_told_as_such() -> None:
    def known(*facts: Fact) -> tuple[Card, ...]:
        rules = (
            cause("spasm", pro("twitching", "strong"), urgency="warning", known_by=("recorded",)),
            finding("recorded"),
            red_flag("alarm", "a"),
            finding("a"),
        )
        old = seen("recorded", at=assessed(bundle()).chart.now.replace(year=2020))
        return cards(bundle(*rules), seen("twitching"), old, *facts)

    (card,) = known()
    assert (card.summary, card.indicator) == ("Twitching: known Spasm", "info")
    _, card = known(seen("a"))
    assert (card.summary, card.indicator) == ("Twitching: Spasm (well supported)", "warning")


@pytest.mark.parametrize(
    ("urgency", "evidence", "is_news"),
    [
        ("warning", pro("twitching", "strong"), True),
        ("info", pro("twitching", "strong"), False),
        ("warning", pro("twitching", "weak"), False),  # less likely
    ],
)
def test_an_urgent_cause_beside_a_known_one_is_news(
    urgency: str, evidence: Any, *, is_news: bool
) -> None:
    known = cause("spasm", pro("twitching", "strong"), title="A", known_by=("recorded",))
    other = cause("other", evidence, con("a", "strong"), urgency=urgency)
    facts = [seen("twitching"), seen("recorded", at=NOW - 90 * DAY)]
    if evidence.strength == "weak":
        facts.append(seen("a"))
    (card,) = cards(bundle(known, other, finding("recorded"), finding("a")), *facts)
    assert card.indicator == ("warning" if is_news else "info")
    assert ("known A" in card.summary) is not is_news


def test_an_alert_stands_alone_where_there_is_nothing_else_to_say() -> None:
    rules = bundle(red_flag("alarm", "twitching", orders=("ecg",)), order("ecg"))
    gaps = {"answers": answers(AnswerKind.ANSWERED, AnswerKind.FAILED)}
    (alert,) = cards(rules, seen("twitching"), **gaps)
    assert alert.indicator == "critical"
    assert "- laboratory results: failed" in alert.detail.splitlines()
    alert, differential = made(seen("twitching"), seen("a"), **gaps)
    assert "laboratory results: failed" not in alert.detail
    assert "laboratory results: failed" in differential.detail


def test_without_any_cause_the_differential_says_so() -> None:
    (card,) = cards(bundle(), seen("twitching"))
    assert (card.summary, card.indicator) == ("Twitching: unexplained", "info")
    assert card.extension is None
    assert encoded(card).keys() >= {"uuid", "summary", "detail", "indicator", "source"}


def test_each_cause_tells_for_against_unknown_and_what_settles_it() -> None:
    one = cause("spasm", pro("twitching", "strong"), con("a", "weak"), pro("b", "strong"))
    (card,) = cards(bundle(one, *map(finding, "ab")), *_both())
    lines = card.detail.splitlines()
    assert "**1. Spasm: possible**" in lines
    assert "- For: twitching counts (2026-06-15)" in lines
    assert "- Against: a counts (2026-06-15)" in lines
    assert "- Not known: b" in lines
    assert "- Settled by: a test for spasm" in lines
    assert "- Advice: Think of spasm." in lines


def test_what_is_required_and_unknown_is_named() -> None:
    one = cause("spasm", pro("twitching", "strong"), requires=("a",))
    (card,) = cards(bundle(one, finding("a")), seen("twitching"))
    assert "- Not known: a" in card.detail.splitlines()


def test_orders_that_are_not_suggested_again_are_told() -> None:
    facts = (
        result("calcium"),
        fact(Source.REQUEST, "scan", progress=Progress.ACTIVE),
        result("ecg", progress=Progress.PENDING),
    )
    alert, differential = made(seen("twitching"), seen("a"), *facts)
    assert alert.suggestions is differential.suggestions is None
    lines = differential.detail.splitlines()
    for said in ("Calcium: resulted 2026-06-15", "Scan: ordered", "Ecg: pending"):
        assert f"- {said}" in lines


def test_a_hidden_finding_is_not_told_as_absent() -> None:
    """Unknown findings stand under what is not known, never under what opposes."""
    one = cause("spasm", pro("twitching", "strong"), con("a", "strong", when="absent"))
    (card,) = cards(bundle(one, finding("a")), seen("twitching"), seen("a", State.UNKNOWN))
    assert "Against:" not in card.detail
    assert "- Not known: a (2026-06-15)" in card.detail.splitlines()


def test_each_fact_is_dated_and_told_once() -> None:
    one = cause("spasm", *(pro(name) for name in ("a", "b", "same")))
    same = finding("same", by(combination="a"))
    (card,) = cards(bundle(one, *map(finding, "ab"), same), *_both(), seen("b"))
    said = "- For: a counts (2026-06-15); b counts (2026-06-15); same counts"
    assert said in card.detail.splitlines()


def test_the_same_assessment_gives_the_same_cards() -> None:
    rules = bundle(*RULES)
    assessment = assessed(rules, *_both())
    assert composed(assessment, rules) == composed(assessment, rules)
