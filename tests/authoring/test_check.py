"""How problems are told to a person, a program and a pull request."""

import json
from pathlib import Path

import pytest

from orbicularis.authoring.check import (
    as_github,
    as_json,
    as_text,
    explained_code,
    identity,
    tally,
)
from orbicularis.authoring.held import Held
from orbicularis.errors.problem import Problem, Severity
from orbicularis.knowledge.load import inspect, read
from orbicularis.knowledge.problem_codes import explanations
from tests.knowledge.builder import CAUSE, FLAG, SMALL, Copy

PROBLEM = Problem(
    "a.yaml", 3, 5, "K204", "it is wrong", "It harms.", "mend it", "    when: no", Severity.WARNING
)


def underlined(text: str, column: int) -> str:
    """Return what of a line is underlined for a problem at the column."""
    problem = Problem("a.yaml", 1, column, "K204", "w", "y", "f", text)
    shown, marks = as_text([problem]).splitlines()[1:3]
    return "".join(letter for letter, mark in zip(shown, marks, strict=False) if mark == "^")


def test_a_problem_as_text(copy: Copy) -> None:
    copy.change(CAUSE, "  - finding: tetany", "  - finding: tetanny")

    assert as_text(inspect(copy.folder)[1], "rules/") == "\n".join([
        f'rules/{CAUSE}:14:14: error[K310] unknown finding "tetanny"',
        "  |   - finding: tetanny",
        "  |              ^^^^^^^",
        "  why: It could never be present, and the line would never count.",
        '  fix: did you mean "tetany"?',
    ])  # fmt: skip


def test_a_problem_without_a_line_shows_none() -> None:
    problem = Problem("a.yaml", 1, 1, "K001", "it is missing", "It is needed.", "add it")

    assert as_text([problem]) == (
        "a.yaml:1:1: error[K001] it is missing\n  why: It is needed.\n  fix: add it"
    )


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("prioor: rare", 1, "prioor"),
        ("prior: very rare", 8, "very rare"),
        ("prior: rare # a remark", 8, "rare"),
        ('title: "a: b, c" # d', 8, '"a: b, c"'),
        ("title: 'it''s'", 8, "'it''s'"),
        ("list: [one, two]", 7, "[one, two]"),
        ("list: [one, two]", 13, "two"),
        ("map: {below: 1}", 6, "{below: 1}"),
        ("map: {below: 1}", 7, "below"),
        ("map: {below: 1}", 14, "1"),
        ("code: HP:0000643", 7, "HP:0000643"),
        ("group:", 7, ""),
    ],
)
def test_what_is_underlined(text: str, column: int, expected: str) -> None:
    assert underlined(text, column) == expected


@pytest.mark.parametrize("before", [0, 10, 49, 120, 400])
def test_long_lines_are_cut_around_the_fault(before: int) -> None:
    text = "x" * before + " fault: y" + "z" * 300

    assert underlined(text, before + 2) == "fault"
    assert all(len(line) < 120 for line in as_text([PROBLEM]).splitlines())


def test_several_problems_stand_apart() -> None:
    assert as_text([PROBLEM, PROBLEM]).count("\n\n") == 1
    assert as_text([]) == ""


def test_problems_as_json(copy: Copy) -> None:
    copy.change(CAUSE, "prior: uncommon", "prior: uncomon")
    copy.change(FLAG, "references: [made-up-2026]", "references: [clinical-consensus]")

    told = json.loads(as_json(inspect(copy.folder)[1], None, "rules"))

    assert told["bundle"] is None
    assert [problem["code"] for problem in told["problems"]] == ["K204", "K523"]
    assert told["problems"][0] == {
        "file": f"rules/{CAUSE}",
        "line": 10,
        "column": 8,
        "severity": "error",
        "code": "K204",
        "what": '"uncomon" cannot stand here; possible: common, uncommon, rare',
        "why": "Only a few words have a meaning in this place.",
        "fix": 'did you mean "uncommon"?',
        "text": "prior: uncomon",
    }
    assert told["problems"][1]["severity"] == "warning"


def test_a_sound_bundle_as_json_and_in_one_line() -> None:
    reading = read(SMALL)
    assert reading.bundle is not None
    held = Held.of(reading.bundle, reading.vignettes)

    told = json.loads(as_json([], held))

    assert told["problems"] == []
    assert told["bundle"]["revision"] == reading.bundle.revision
    assert told["bundle"]["counts"]["causes"] == 2
    assert identity(held) == (
        f"cramps 1.0.0, revision {reading.bundle.revision[:12]}: 1 service, 2 causes, "
        "1 red flag, 5 findings, 2 orders, 3 measurements, 5 terminology keys, 1 reference, "
        "4 vignettes"
    )


def test_problems_as_workflow_commands() -> None:
    problem = Problem("a,b.yaml", 3, 5, "K204", "100% wrong:\nreally", "It harms.", "mend it")

    assert as_github([problem, PROBLEM], "rules").splitlines() == [
        (
            "::error file=rules/a%2Cb.yaml,line=3,col=5,title=K204::"
            "100%25 wrong:%0Areally. It harms. mend it"
        ),
        "::warning file=rules/a.yaml,line=3,col=5,title=K204::it is wrong. It harms. mend it",
    ]


def test_tally() -> None:
    error = Problem("a.yaml", 1, 1, "K204", "it is wrong")

    assert tally([PROBLEM]) == "0 errors, 1 warning"
    assert tally([error, error, PROBLEM]) == "2 errors, 1 warning"


@pytest.mark.parametrize("code", sorted(explanations()))
def test_every_code_has_a_page(code: str) -> None:
    page = explained_code(code)

    assert page is not None
    assert page.startswith(f"{code} ({explanations()[code].severity.value}): ")
    for part in ("why:", "fix:", "wrong:", "right:"):
        assert f"\n{part}" in page


def test_an_unknown_code_has_none() -> None:
    assert explained_code("K999") is None


def test_paths_are_shown_as_they_were_given(tmp_path: Path) -> None:
    assert as_text([PROBLEM], str(tmp_path)).startswith(f"{tmp_path}/a.yaml:3:5: warning[K204]")
