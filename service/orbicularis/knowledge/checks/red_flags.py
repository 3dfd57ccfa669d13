"""Red flags: urgent, founded, and possible to fulfil."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import CONSENSUS, Urgency
from orbicularis.knowledge.expression import All, AnyOf, AtLeast, Expression, Not, UnlessPresent
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.source import Steps


def red_flags_are_urgent(rules: Rules) -> Iterator[Problem]:
    """Tell red flags that only inform."""
    for file, flag in rules.each(RedFlag):
        if flag.indicator is Urgency.INFO:
            what = "a red flag is critical or warning, never info"
            yield file.problem("K513", ("indicator",), what)


def critical_flags_are_founded(rules: Rules) -> Iterator[Problem]:
    """Warn of critical red flags that rest on consensus alone."""
    for file, flag in rules.each(RedFlag):
        if flag.indicator is Urgency.CRITICAL and set(flag.references) == {CONSENSUS}:
            yield file.problem("K523", ("references",), "this critical red flag cites no source")


def combinations_can_be_met(rules: Rules) -> Iterator[Problem]:
    """Tell every ``at_least`` that asks for more than stand under ``of``."""
    for file, steps, expression in _expressions(rules):
        for inner, part in _at_least(expression, steps):
            if part.at_least > len(part.of):
                what = f"at least {part.at_least} of {len(part.of)} can never be present"
                yield file.problem("K510", (*inner, "at_least"), what)


def _expressions(rules: Rules) -> Iterator[tuple[RuleFile, Steps, Expression]]:
    for file, flag in rules.each(RedFlag):
        yield file, ("when",), flag.when
    for file, service in rules.each(Service):
        if service.warns_when is not None:
            yield file, ("warns_when",), service.warns_when
        for index, baseline in enumerate(service.baseline):
            yield file, ("baseline", index, "when"), baseline.when
    for file, finding in rules.each(Finding):
        for index, recogniser in enumerate(finding.recognised_by):
            if recogniser.combination is not None:
                yield file, ("recognised_by", index, "combination"), recogniser.combination


def _at_least(expression: Expression, steps: Steps) -> Iterator[tuple[Steps, AtLeast]]:
    parts: list[tuple[str | int, Expression]] = []
    match expression:
        case All(all=several):
            steps, parts = (*steps, "all"), list(enumerate(several))
        case AnyOf(any=several):
            steps, parts = (*steps, "any"), list(enumerate(several))
        case AtLeast(of=several):
            yield steps, expression
            steps, parts = (*steps, "of"), list(enumerate(several))
        case Not(not_=part):
            parts = [("not", part)]
        case UnlessPresent(unless_present=part):
            parts = [("unless_present", part)]
    for step, part in parts:
        yield from _at_least(part, (*steps, step))
