"""Red flags: evaluated apart from the ranking, so that nothing benign can silence one."""

from collections.abc import Iterable

from orbicularis.facts.assessment import FindingResult, RedFlagResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.expression import named
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.reasoning.expression import Lookup, evaluate


def raise_flags(rules: Iterable[RedFlag], lookup: Lookup) -> tuple[RedFlagResult, ...]:
    """Evaluate every red flag: those that fire first, the most urgent before the others."""
    results = [_raise(rule, lookup) for rule in rules]
    return tuple(sorted(results, key=_order))


def _raise(rule: RedFlag, lookup: Lookup) -> RedFlagResult:
    outcome = evaluate(rule.when, lookup)
    return RedFlagResult(
        red_flag=rule,
        fired=outcome.state is State.PRESENT,
        state=outcome.state,
        found=outcome.found,
        missing=outcome.missing,
        unknown=tuple(_unknown(rule, lookup)),
    )


def _unknown(rule: RedFlag, lookup: Lookup) -> Iterable[FindingResult]:
    results = (lookup(finding) for finding in dict.fromkeys(named(rule.when)))
    return (result for result in results if result.state is State.UNKNOWN)


def _order(result: RedFlagResult) -> tuple[bool, int, int, str]:
    flag = result.red_flag
    return (not result.fired, -flag.indicator.rank, flag.precedence, flag.id)
