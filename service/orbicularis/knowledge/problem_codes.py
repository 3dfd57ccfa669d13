"""The stable codes of problems, each with its explanation."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from orbicularis.errors.problem import Problem, Severity
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.base import Knowledge, Text
from orbicularis.knowledge.shape import shape

_FILE = Path(__file__).with_name("problem_codes.yaml")


class Explanation(Knowledge):
    """One kind of problem.

    Attributes:
        title: what is wrong, in general.
        why: why it matters.
        fix: what to do about it.
        wrong: an example that is refused.
        right: the example mended.
        severity: error or warning.
    """

    title: Text
    why: Text
    fix: Text
    wrong: Text
    right: Text
    severity: Severity = Severity.ERROR


class _Explanations(Knowledge):
    codes: dict[str, Explanation]


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Return every code with its explanation; read from the package when first needed."""
    source = yaml_source.read(_FILE.name, _FILE.read_bytes())
    table, problems = shape(source, _Explanations)
    if table is None:
        raise ValueError([*source.problems, *problems])
    return table.codes


def explained(problem: Problem) -> Problem:
    """Return the problem with why, severity and, where it has none, a fix."""
    page = explanations()[problem.code]
    return replace(problem, why=page.why, fix=problem.fix or page.fix, severity=page.severity)
