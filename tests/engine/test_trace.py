"""The explanation: every state with the facts behind it, as plain data."""

import json
from typing import Any

from orbicularis.engine.trace import trace
from orbicularis.facts.chart import Person, Skipped
from orbicularis.facts.fact import Fact, Progress, Source, State
from tests.cards.made import leaves
from tests.support.bundles import bundle, cause, con, finding, order, pro, red_flag
from tests.support.calcium import RULES as CALCIUM
from tests.support.charts import assessed, fact, result, seen

RULES = bundle(
    *CALCIUM.measurements.values(),
    *CALCIUM.findings.values(),
    finding("a"),
    cause("lack", pro("low-calcium", "strong"), con("a", "weak"), workup={"first": ["calcium"]}),
    cause("gone", pro("twitching", "strong"), excluded_by=("low-calcium",)),
    red_flag("alarm", {"all": ["low-calcium", "a"]}),
    order("calcium"),
)
LOW = result("calcium", 7.0, "MG/DL", reference="Observation/ca", label="Calcium")
ALBUMIN = result("albumin", 4.1, "g/dL", reference="Observation/alb")


def told(*facts: Fact, **more: Any) -> dict[str, Any]:
    data = trace(assessed(RULES, seen("twitching"), *facts, **more))
    read: dict[str, Any] = json.loads(json.dumps(data))
    assert read == data
    return data


def one(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (row,) = (row for row in rows if row["id"] == name)
    return row


def test_a_finding_tells_value_unit_date_and_resource() -> None:
    low = told(LOW, ALBUMIN)["findings"]["low-calcium"]
    assert low["state"] == "present"
    (support,) = low["facts"]
    assert support["resource"] == "Observation/ca"
    assert support["at"] == "2026-06-15T11:00:00+00:00"
    assert (support["value_as_sent"], support["unit"]) == ("7 MG/DL", "mmol/L")
    assert round(support["value"], 2) == 1.73
    assert (support["corrected"], support["albumin"]) == ("6.92 MG/DL", "4.1 g/dL")
    assert support["notes"] == ["albumin_corrected"]


def test_what_could_not_decide_is_told_as_it_was_sent() -> None:
    low = told(result("calcium", 7.0, "furlong"))["findings"]["low-calcium"]
    assert low["state"] == "unknown"
    (support,) = low["undecided"]
    assert support["value_as_sent"] == "7 furlong"
    assert support["notes"] == ["unreadable_unit"]
    assert "value" not in support


def test_every_cause_tells_each_line_or_why_it_is_not_listed() -> None:
    causes = told(LOW)["causes"]
    lack = one(causes, "lack")
    assert (lack["listed"], lack["band"]) == (True, "well-supported")
    lines = [
        (line["finding"], line["direction"], line["state"], line["why"])
        for line in lack["evidence"]
    ]
    assert lines == [
        ("low-calcium", "for", "present", "counted"),
        ("a", "against", "unknown", "unknown"),
    ]
    gone = one(causes, "gone")
    assert (gone["listed"], gone["not_listed_because"]) == (False, "excluded")
    assert gone["by_findings"] == ["low-calcium"]


def test_every_red_flag_tells_what_is_missing_for_it_to_fire() -> None:
    flag = one(told(LOW)["red_flags"], "alarm")
    assert (flag["fired"], flag["found"], flag["missing"], flag["unknown"]) == (
        False,
        ["low-calcium"],
        ["a"],
        ["a"],
    )
    assert one(told(LOW, seen("a"))["red_flags"], "alarm")["fired"] is True


def test_every_order_tells_the_resource_that_made_it_unnecessary() -> None:
    asked = fact(Source.REQUEST, "calcium", progress=Progress.ACTIVE, reference="ServiceRequest/1")
    old = result("calcium", 1.7, "mmol/L", at=None)
    row = one(told(old, asked)["orders"], "calcium")
    assert (row["state"], row["because_of"]) == ("ordered", "ServiceRequest/1")
    assert row["asked_by"] == ["Lack"]


def test_the_chart_tells_who_was_read_and_what_was_not() -> None:
    chart = told(person=Person(44, "female"), skipped=(Skipped("Observation/9", "no code"),))[
        "chart"
    ]
    assert (chart["age_years"], chart["sex"]) == (44, "female")
    assert chart["skipped"] == [{"reference": "Observation/9", "reason": "no code"}]
    assert {source["key"]: source["answer"] for source in chart["sources"]} == {
        "symptoms": "answered",
        "laboratory": "answered",
    }


def test_what_there_is_none_of_is_left_out() -> None:
    data = told(LOW, seen("a", State.UNKNOWN))
    data.pop("chart")
    assert [path for path, leaf in leaves(data) if leaf is None or leaf == []] == []


def test_a_silent_service_tells_the_findings_that_could_have_made_it_speak() -> None:
    data = trace(assessed(RULES))
    assert (data["index"], data["causes"]) == ([], [])
    assert data["findings"]["twitching"]["state"] == "unknown"
