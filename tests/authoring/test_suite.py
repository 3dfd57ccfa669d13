"""The vignettes of a folder as cases, and how their outcome is told."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from orbicularis.authoring.coverage import Coverage, Covered, Total, totals
from orbicularis.authoring.difference import Difference
from orbicularis.authoring.suite import Case, Report, Result, cases, ran
from orbicularis.authoring.suite_report import as_json, as_junit, difference_lines
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load, vignettes
from orbicularis.knowledge.vignette import Vignette
from tests.knowledge.builder import SMALL, TEST, WELL

VIGNETTE = Vignette.model_validate({"name": "a < b", "patient": {}, "expect": {"nothing": True}})
CASE = Case(Path("causes/a.test.yaml"), 0, "cramps", VIGNETTE)
PASSED = Result(CASE, None, (), ("info: fine",))
FAILED = Result(CASE, 4, (Difference("cards", "none", "info: <b>"), Difference("b", "c", "d")), ())
ROWS = (
    Covered("evidence", "a: x", frozenset({"present", "absent"}), frozenset({"present"})),
    Covered("evidence", "a: y", frozenset({"present", "absent"}), frozenset({"present", "absent"})),
    Covered("order", "z", frozenset({"proposed", "withheld"}), frozenset({"proposed", "other"})),
)


def test_cases_come_file_by_file() -> None:
    files, _ = vignettes(SMALL)
    assert [case.file.as_posix() for case in cases(files)] == [
        TEST,
        "causes/plain-cramp.test.yaml",
        "red-flags/tetany-now.test.yaml",
        WELL,
    ]
    assert [case.file.as_posix() for case in cases(files, "plain")] == [
        "causes/plain-cramp.test.yaml"
    ]
    assert cases(files, "nowhere") == []


def test_a_case_that_differs_is_told_with_its_line() -> None:
    files, _ = vignettes(SMALL)
    engine = Engine(load(SMALL))
    coverage = Coverage(engine.bundle)
    results = list(ran(cases(files), engine, SMALL, coverage))
    assert {bool(result.differences) for result in results} == {True, False}
    for result in results:
        assert (result.line == 4) if result.differences else (result.line is None)
    assert any(row.seen for row in coverage.rows())


def test_differences_look_like_a_diff() -> None:
    assert list(difference_lines(FAILED)) == [
        "@@ cards @@",
        "- none",
        "+ info: <b>",
        "@@ b @@",
        "- c",
        "+ d",
    ]
    assert list(difference_lines(PASSED)) == []


def test_totals() -> None:
    assert totals(ROWS) == [
        Total("evidence", 2, 4, 3),
        Total("order", 1, 2, 1),
        Total("all", 3, 6, 4),
    ]
    assert totals(ROWS)[0].percent == 75
    assert totals([]) == [Total("all", 0, 0, 0)]
    assert totals([])[0].percent == 100


def test_a_report_as_json() -> None:
    document = json.loads(as_json(Report((PASSED, FAILED), ROWS)))
    assert (document["passed"], document["failed"]) == (1, 1)
    assert document["cases"][0] == {
        "file": "causes/a.test.yaml",
        "line": None,
        "name": "a < b",
        "passed": True,
        "differences": [],
        "because_of_overlay": False,
        "cards": ["info: fine"],
    }
    assert document["cases"][1]["differences"][1] == {"what": "b", "expected": "c", "got": "d"}
    assert document["coverage"] == {
        "percent": 66.67,
        "kinds": {
            "evidence": {"rules": 2, "sides": 4, "seen": 3},
            "order": {"rules": 1, "sides": 2, "seen": 1},
        },
        "not_seen": [
            {"kind": "evidence", "name": "a: x", "sides": ["absent"]},
            {"kind": "order", "name": "z", "sides": ["withheld"]},
        ],
    }


def test_some_of_the_cases_say_nothing_of_coverage() -> None:
    assert json.loads(as_json(Report((PASSED,), None)))["coverage"] is None


def test_a_report_as_junit() -> None:
    root = ElementTree.fromstring(as_junit(Report((PASSED, FAILED), None)))  # noqa: S314 - ours
    assert root.attrib == {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"}
    (suite,) = root
    assert suite.attrib["name"] == "causes/a.test.yaml"
    passed, failed = suite
    assert len(passed) == 0
    assert failed.attrib["line"] == "4"
    assert failed.attrib["name"] == "a < b"
    assert failed[0].attrib["message"] == "cards, b"
    assert failed[0].text == "\n".join(difference_lines(FAILED))


@pytest.mark.parametrize("report", [Report((), ()), Report((PASSED,), ROWS)])
def test_nothing_failed(report: Report) -> None:
    assert report.failed == []
