"""Each kind of problem is told with its code at its line and column, and alone."""

from pathlib import Path

import pytest

from orbicularis.errors.problem import Severity
from orbicularis.knowledge.load import inspect
from orbicularis.knowledge.problem_codes import explanations
from tests.knowledge import clinical_cases, name_cases, service_cases, shape_cases, yaml_cases
from tests.knowledge.builder import SMALL, Case, Copy

CASES = (
    *yaml_cases.CASES,
    *shape_cases.CASES,
    *shape_cases.PROMPTS,
    *name_cases.CASES,
    *clinical_cases.CODES,
    *clinical_cases.MEANING,
    *clinical_cases.ADVICE,
    *service_cases.WORDING,
    *service_cases.PREFETCH,
    *service_cases.QUERIES,
    *service_cases.HOOKS,
    *service_cases.VIGNETTES,
)


def test_the_small_bundle_has_no_problem() -> None:
    bundle, problems = inspect(SMALL)

    assert problems == []
    assert bundle is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.file}")
def test_one_change_gives_one_problem_at_its_place(case: Case, tmp_path: Path) -> None:
    copy = Copy.of_small(tmp_path)
    expected = copy.apply(case)

    bundle, problems = inspect(copy.folder)

    assert [(p.file, p.line, p.column, p.code) for p in problems] == [expected]
    problem = problems[0]
    assert problem.what
    assert problem.why
    assert problem.fix
    assert problem.text == copy.text(problem.file).split("\n")[problem.line - 1]
    assert (bundle is None) is (problem.severity is Severity.ERROR)


def test_every_code_has_a_case_or_a_test_of_its_own() -> None:
    elsewhere = {
        "K001", "K002", "K003", "K004", "K005", "K101", "K102", "K522", "K706",
        "K010", "K011", "K012", "K013", "K014", "K015", "K808", "K901", "K902", "K903",
    }  # fmt: skip

    assert {case.code for case in CASES} | elsewhere == set(explanations())
    assert not {case.code for case in CASES} & elsewhere
