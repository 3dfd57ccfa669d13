"""A copy of ``rules/`` broken in more than twenty ways at once: each is found at its place."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest

from orbicularis.authoring.locking import renew
from orbicularis.errors.problem import Problem
from orbicularis.knowledge.load import read

RULES = Path(__file__).parents[2] / "rules"
LINE = ": weak\n    reason: a\n    references: [clinical-consensus]\n"
KEY = (
    "  some-key:\n    preferred_term: a\n    codes:\n"
    '      - {system: LOINC, code: "2000-8", display: ^A, verified_in: a}\n'
)


class Break(NamedTuple):
    """In ``file`` the first match of ``old`` becomes ``new``; ``^`` is where it is told."""

    code: str
    file: str
    old: str
    new: str

    def made(self, folder: Path) -> tuple[str, int, int, str]:
        """Break the file; return file, line, column and code."""
        path = folder / self.file
        text, times = re.subn(self.old, self.new, path.read_text("utf-8"), count=1, flags=re.M)
        assert times == 1, f"{self.file} has nothing like {self.old}"
        before, _, after = text.partition("^")
        path.write_text(before + after, encoding="utf-8")
        return self.file, before.count("\n") + 1, len(before) - before.rfind("\n"), self.code


BREAKS = (
    Break("K105", "causes/stress.yaml", r"^prior: .*$", "prior: rare\n^prior: common"),
    Break("K108", "orders/creatinine.yaml", r"^priority: .*$", "priority: ^no"),
    Break("K111", "orders/magnesium.yaml", r"^reviewed: .*$", "reviewed: ^2026-02-30"),
    Break("K106", "findings/seizure.yaml", r"^kind: .*$", "kind: ^&kind symptom"),
    Break("K201", "causes/bells-palsy.yaml", r"^advice:", "^advise: a\nadvice:"),
    Break("K202", "causes/essential-tremor.yaml", r"^(id: .*\n)((?:.*\n)*?)prior: .*\n", r"^\1\2"),
    Break(
        "K202",
        "findings/low-phosphate.yaml",
        r"measurement: (.*)\n +unit: .*$",
        r"^measurement: \1",
    ),
    Break("K203", "terminology/findings.yaml", r'code: "([0-9]{6,})"', r"code: ^\1"),
    Break("K204", "causes/facial-tic.yaml", r"^prior: .*$", "prior: ^comon"),
    Break("K205", "causes/wilson-disease.yaml", r"^references: .*$", "references: ^[]"),
    Break(
        "K211",
        "causes/kennedy-disease.yaml",
        r"^settled_by: .*\n(?: .*\n)*",
        "settled_by: ^<fill in what would settle it>\n",
    ),
    Break("K301", "findings/anosmia.yaml", r"^id: anosmia$", "id: ^anosmi"),
    Break("K310", "causes/tourette-syndrome.yaml", r"- finding: (.*)$", r"- finding: ^x-\1"),
    Break("K314", "causes/ramsay-hunt.yaml", r"^references: \[", "references: [^kahn-2022, "),
    Break("K315", "orders/pth-intact.yaml", r"^code: (.*)$", r"code: ^x-\1"),
    Break("K402", "terminology/laboratory.yaml", '"17861-6"', '^"17861-7"'),
    Break(
        "K403",
        "terminology/procedures.yaml",
        r"  [a-z0-9-]+:\n    preferred_term",
        f"{KEY}\\g<0>",
    ),
    Break(
        "K501",
        "causes/eyelid-myokymia.yaml",
        r"^evidence:\n",
        f"evidence:\n  - finding: stridor\n    for{LINE}  - finding: ^stridor\n    against{LINE}",
    ),
    Break(
        "K503",
        "findings/low-calcium.yaml",
        r"absent: \{at_least: 1.15\}",
        "absent: ^{at_least: 1.1}",
    ),
    Break("K505", "findings/high-phosphate.yaml", r"unit: mmol/L", "unit: ^mmol per L"),
    Break(
        "K507", "findings/low-magnesium.yaml", r"present: \{below: .*\}", "present: {below: ^0.001}"
    ),
    Break("K521", "causes/hyperthyroidism.yaml", r"^look_alikes: .*$", "^look_alikes: []"),
    Break(
        "K523", "red-flags/rf-stroke.yaml", r"^references: .*$", "references: ^[clinical-consensus]"
    ),
    Break("K602", "red-flags/rf-infant.yaml", r"^summary: .*$", f"summary: ^{'x' * 140}"),
    Break(
        "K701",
        "services/facial-twitching.yaml",
        r"query: (.*)context.patientId",
        r"query: ^\1context.userId",
    ),
    Break(
        "K802",
        "causes/hypokalemia.test.yaml",
        r"band: \{hypokalemia: .*\}",
        "band: {hypokalemia: ^likely}",
    ),
)
NAMES = [f"{one.code}-{one.file}" for one in BREAKS]


def places(problems: list[Problem]) -> Iterator[tuple[str, int, int, str]]:
    for problem in problems:
        yield problem.file, problem.line, problem.column, problem.code


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Problem], list[Problem], Path]:
    """What was told of the rules before; what after all breaks; and the broken rules."""
    folder = copytree(RULES, tmp_path_factory.mktemp("broken") / "rules")
    (folder / "bundle.lock").unlink(missing_ok=True)
    before = read(folder).problems
    (folder / "causes/bells-palsy.test.yaml").rename(folder / "causes/bells-pasy.test.yaml")
    for one in BREAKS:
        one.made(folder)
    return before, read(folder).problems, folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int, int, str]]:
    folder = copytree(RULES, tmp_path_factory.mktemp("expected") / "rules")
    return [one.made(folder) for one in BREAKS]


Told = tuple[list[Problem], list[Problem], Path]
Places = list[tuple[str, int, int, str]]


@pytest.mark.parametrize("at", range(len(BREAKS)), ids=NAMES)
def test_each_is_told_at_its_place(at: int, broken: Told, expected: Places) -> None:
    _, after, folder = broken
    problem = next(one for one in after if next(places([one])) == expected[at])
    assert problem.text == (folder / problem.file).read_text("utf-8").split("\n")[problem.line - 1]
    assert problem.why
    assert problem.fix


def test_all_are_told_in_one_run_sorted_and_nothing_else(broken: Told, expected: Places) -> None:
    before, after, _ = broken
    assert after == sorted(after)
    renamed = {("causes/bells-pasy.test.yaml", "K003"), ("causes/bells-palsy.yaml", "K522")}
    told = {place for place in places(after) if (place[0], place[3]) not in renamed}
    assert told == {*expected, *places(before)}
    assert {(place[0], place[3]) for place in places(after)} >= renamed


def test_content_that_changed_without_a_new_version(tmp_path: Path) -> None:
    folder = copytree(RULES, tmp_path / "rules")
    (folder / "bundle.lock").unlink(missing_ok=True)
    renew(folder)
    before = set(places(read(folder).problems))
    place = Break("", "causes/hypoparathyroidism.yaml", "^version: ", "version: ^").made(folder)
    Break("", "causes/hypoparathyroidism.yaml", "^prior: .*$", "prior: rare").made(folder)
    told = set(places(read(folder).problems)) - before
    assert told == {(*place[:3], "K901")}
