"""What the differential card says of causes, results and their dates."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.base import KnowledgeFile
from tests.cards.made import cards
from tests.support.bundles import bundle, by, cause, con, finding, order, pro, red_flag, service
from tests.support.calcium import RULES as CALCIUM
from tests.support.charts import DAY, HOUR, NOW, result, seen


def lines(*rules: KnowledgeFile, facts: tuple[Fact, ...] = (), **more: Any) -> list[str]:
    """Lines of the differential for somebody with twitching."""
    given = bundle(*map(finding, "abcdef"), *rules)
    *_, card = cards(given, seen("twitching"), *facts, **more)
    return card.detail.splitlines()


def test_causes_beyond_the_cap_are_counted() -> None:
    caps = service(caps={"causes": 2, "orders": 6, "reasons": 4})
    four = [cause(f"c{number}", pro("twitching")) for number in range(4)]
    assert "2 not shown" in lines(caps, *four)
    assert not any("not shown" in line for line in lines(*four))


def test_what_the_presenting_finding_itself_calls_for_is_told() -> None:
    rules = service(
        baseline=[
            {
                "when": "twitching",
                "orders": ["calcium"],
                "reason": "r",
                "tells": "Think of calcium.",
            },
            {"when": "a", "orders": ["calcium"], "reason": "r", "tells": "Never said."},
            {"when": "twitching", "orders": ["calcium"], "reason": "r"},
        ]
    )
    told = lines(rules, order("calcium"))
    assert "Think of calcium." in told
    assert "Never said." not in told


def test_what_results_have_told_is_not_asked_again() -> None:
    rules = service(
        baseline=[
            {
                "when": "twitching",
                "orders": ["calcium", "tsh"],
                "reason": "r",
                "tells": "Think of calcium.",
                "tells_until": ["calcium"],
            }
        ]
    )
    orders = order("calcium"), order("tsh")
    assert "Think of calcium." in lines(rules, *orders)
    assert "Think of calcium." in lines(rules, *orders, facts=(result("tsh", 1.0, "1"),))
    assert "Think of calcium." not in lines(rules, *orders, facts=(result("calcium", 9.0, "1"),))


GENERAL = cause("general", pro("a", "strong"), pro("b", "strong"), title="Low calcium")
SPECIFIC = cause(
    "specific", pro("a", "moderate"), pro("c", "strong"), title="Gland", more_general=("general",)
)


@pytest.mark.parametrize(
    ("signs", "headed"),
    [
        ("ab", "Low calcium (well supported)"),
        ("abc", "Gland (well supported)"),
    ],
)
def test_a_headline_names_what_is_better_supported_than_what_may_explain_it(
    signs: str, headed: str
) -> None:
    given = bundle(*map(finding, "abc"), GENERAL, SPECIFIC)
    *_, card = cards(given, seen("twitching"), *map(seen, signs))
    assert card.detail.index("1. Gland") < card.detail.index("2. Low calcium")
    assert headed in card.summary
    assert "- Explains: Low calcium" in card.detail.splitlines()


@pytest.mark.parametrize(
    ("against", "more", "is_told"),
    [
        (con("normal", "strong"), {"do_not_miss": True}, True),
        (con("normal", "strong"), {}, False),
        (con("normal", "moderate"), {"do_not_miss": True}, False),
        (con("a", "strong"), {"do_not_miss": True}, False),
    ],
)
def test_a_result_that_takes_down_a_cause_not_to_be_missed_is_told(
    against: Any, more: dict[str, Any], *, is_told: bool
) -> None:
    rule = cause("stroke", against, pro("b"), **more)
    told = lines(rule, finding("normal", kind="laboratory"), facts=(seen("normal"), seen("a")))
    assert ("- Stroke: normal counts (2026-06-15)" in told) is is_told
    assert ("**Argued against**" in told) is is_told


def test_a_cause_that_a_flag_points_to_says_so_when_nothing_else_supports_it() -> None:
    rules = cause("stroke", pro("a", "strong")), red_flag("alarm", "b", points_to=("stroke",))
    assert "- For: Alarm" in lines(*rules, facts=(seen("b"),))
    assert "- For: a counts (2026-06-15)" in lines(*rules, facts=(seen("a"), seen("b")))


def test_no_more_reasons_than_the_cap_and_the_weightiest_first() -> None:
    caps = service(caps={"causes": 5, "orders": 6, "reasons": 2})
    one = cause("spasm", pro("a", "weak"), pro("b", "strong"), pro("c"))
    told = lines(caps, one, facts=(seen("a"), seen("b"), seen("c")))
    assert "- For: b counts (2026-06-15); c counts (2026-06-15)" in told


def test_only_what_would_change_the_picture_is_named_as_unknown() -> None:
    one = cause(
        "spasm",
        pro("twitching", "strong"),
        pro("a", "moderate"),
        pro("b", "strong"),
        pro("c", "weak"),
        pro("recorded", "strong"),
        pro("d", "strong", group="g"),
        pro("e", "weak", group="g"),
        pro("f", "strong"),
    )
    told = lines(
        one, finding("recorded", kind="condition"), facts=(seen("e"), seen("f", State.ABSENT))
    )
    assert "- Not known: b; a" in told


def test_a_less_likely_cause_is_told_in_brief() -> None:
    told = lines(cause("spasm", pro("twitching", "weak"), con("a", "strong")), facts=(seen("a"),))
    assert "**1. Spasm: less likely**" in told
    assert not any("Settled by" in line or "Advice" in line for line in told)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"at": NOW - DAY}, "twitching (2026-06-14)"),
        ({"at": NOW - DAY, "span": DAY}, "twitching (2026-06-14)"),
        ({"at": NOW - 15 * DAY, "span": 30 * DAY}, "twitching (2026-05)"),
        ({"at": NOW - 15 * DAY, "span": timedelta(days=28)}, "twitching (2026-05)"),
        ({"at": NOW - 15 * DAY, "span": 365 * DAY}, "twitching (2026)"),
        ({"at": None}, "twitching"),
        ({"at": NOW + 2 * DAY, "future": True}, "twitching (2026-06-17, dated in the future)"),
    ],
    ids=str,
)
def test_a_date_is_told_as_precisely_as_the_chart_has_it(when: dict[str, Any], said: str) -> None:
    (card,) = cards(bundle(), seen("twitching", **when))
    assert card.detail.splitlines()[0] == f"Recorded: {said}"


LACK = cause("lack", pro("low-calcium", "strong"), con("low-calcium", "strong", when="absent"))
MEASURED = (*CALCIUM.measurements.values(), *CALCIUM.findings.values(), LACK)


EVENING = datetime(2026, 6, 14, 21, 30, tzinfo=timezone(timedelta(hours=-6)))
LONG_AGO = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"at": EVENING}, "2026-06-14"),
        ({"began": LONG_AGO}, "from 2024-03-01 on"),
        ({"began": LONG_AGO, "began_span": 366 * DAY}, "from 2024 on"),
        ({"began": NOW - 3 * HOUR}, "2026-06-15"),
        ({"began": LONG_AGO, "ended": NOW - DAY}, "2026-06-15"),
        ({"began": LONG_AGO, "progress": Progress.PAST}, "2026-06-15"),
    ],
)
def test_a_day_is_that_of_the_place_and_what_goes_on_is_told_by_its_beginning(
    when: dict[str, Any], said: str
) -> None:
    told = lines(cause("spasm", pro("a")), facts=(seen("a", **when),))
    assert f"- For: a counts ({said})" in told


def of_calcium(*facts: Fact) -> list[str]:
    told = lines(*MEASURED, cause("other", pro("twitching", "strong")), facts=facts)
    return [line for line in told if "low-calcium counts" in line or "Not known" in line]


def test_a_result_is_told_with_value_date_and_what_qualifies_it() -> None:
    facts = result("calcium", 7.0, "mg/dL"), result("albumin", 4.1, "g/dL")
    assert of_calcium(*facts) == [
        "- For: low-calcium counts (Calcium 7 mg/dL, 2026-06-15, 6.92 mg/dL at albumin 4.1 g/dL)"
    ]
    early = result("ionised", 0.9, "mmol/L", at=NOW - HOUR)
    assert of_calcium(early) == ["- For: low-calcium counts (Ionised 0.9 mmol/L, 2026-06-15)"]


def test_a_result_that_could_not_decide_is_told_beside_what_is_not_known() -> None:
    required = cause("lack", pro("twitching", "strong"), requires=("low-calcium",))
    told = lines(*MEASURED, required, facts=(result("calcium", 9.3, "mmol/L"),))
    said = "low calcium (Calcium 9.3 mmol/L, 2026-06-15, 9.3 mmol/L implausible)"
    assert f"- Not known: {said}" in told


def test_one_record_behind_several_findings_is_told_once() -> None:
    rules = (
        finding("again", by(combination="a")),
        cause("spasm", pro("a", "strong"), pro("again", "strong")),
    )
    assert "- For: a counts (2026-06-15); again counts" in lines(*rules, facts=(seen("a"),))


def test_a_number_without_a_unit_that_its_own_range_settles_is_no_gap() -> None:
    severe = cause("severe", pro("severe-calcium", "strong"))
    used = lines(*MEASURED, severe, facts=(result("calcium", 7.0, low=8.5),))
    assert "**Not read**" not in used
    unused = lines(*MEASURED, severe, facts=(result("calcium", 7.0),))
    assert "**Not read**" in unused
