"""Evidence: no line contradicts or repeats another, and a cause can be argued against."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.cause import Cause, When
from orbicularis.knowledge.file_kind import CAUSE, RED_FLAG, TEST
from orbicularis.knowledge.rules import Rules


def evidence_has_one_direction(rules: Rules) -> Iterator[Problem]:
    """Tell findings that speak for and against a cause in the same state, or twice."""
    for file, cause in rules.each(Cause):
        first: dict[tuple[str, When], bool] = {}
        for index, line in enumerate(cause.evidence):
            key = (line.finding, line.when)
            if key not in first:
                first[key] = line.supports
                continue
            said = f'"{line.finding}" {line.when.value}'
            if first[key] == line.supports:
                what = f"{said} is counted twice"
                yield file.problem("K502", ("evidence", index, "finding"), what)
            else:
                what = f"{said} is both for and against this cause"
                yield file.problem("K501", ("evidence", index, "finding"), what)


def evidence_tells_states_apart(rules: Rules) -> Iterator[Problem]:
    """Tell findings that speak the same way for a cause whether present or absent."""
    for file, cause in rules.each(Cause):
        first: dict[tuple[str, bool], When] = {}
        for index, line in enumerate(cause.evidence):
            when = first.setdefault((line.finding, line.supports), line.when)
            if when is not line.when:
                way = "for" if line.supports else "against"
                what = f'"{line.finding}" is {way} this cause both present and absent'
                yield file.problem("K514", ("evidence", index, "finding"), what)


def requirements_can_be_met(rules: Rules) -> Iterator[Problem]:
    """Tell findings that a cause requires and is excluded by."""
    for file, cause in rules.each(Cause):
        for index, finding in enumerate(cause.excluded_by):
            if finding in cause.requires:
                what = f'"{finding}" is required and excludes at once'
                yield file.problem("K509", ("excluded_by", index), what)


def causes_can_be_opposed(rules: Rules) -> Iterator[Problem]:
    """Warn of causes that nothing speaks against."""
    for file, cause in rules.each(Cause):
        if all(line.supports for line in cause.evidence):
            what = f"nothing speaks against {cause.title}"
            yield file.problem("K520", ("evidence",), what, of_key=True)


def causes_have_look_alikes(rules: Rules) -> Iterator[Problem]:
    """Warn of causes that name nothing they are confused with."""
    for file, cause in rules.each(Cause):
        if not cause.look_alikes:
            steps = ("look_alikes",)
            yield file.problem("K521", steps, f"{cause.title} has no look-alikes", of_key=True)


def rules_have_tests(rules: Rules) -> Iterator[Problem]:
    """Warn of causes and red flags without vignettes beside them."""
    tests = {file.source.file for file in rules.files if file.kind is TEST}
    for file in rules.files:
        test = file.source.file.removesuffix(".yaml") + ".test.yaml"
        if file.kind in (CAUSE, RED_FLAG) and test not in tests:
            yield file.problem("K522", (), "no vignettes stand beside this rule", f"write {test}")
