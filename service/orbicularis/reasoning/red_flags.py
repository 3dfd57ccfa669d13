"""Red flags: evaluated apart from the ranking, so that nothing benign can silence one."""

from orbicularis.facts.assessment import RedFlagResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.expression import findings_in, named
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.reasoning.expression import Lookup, combination

FlagRank = tuple[bool, int, int, str]
"""Sorts red flags; the lowest stands first."""


class Watch:
    """Watches for one red flag."""

    def __init__(self, rule: RedFlag) -> None:
        """Make its combination ready."""
        self.rule = rule
        self.asks = frozenset(findings_in(rule.when))
        self._when = combination(rule.when)
        self._named = tuple(dict.fromkeys(named(rule.when)))

    def __call__(self, lookup: Lookup) -> RedFlagResult:
        """Evaluate it."""
        outcome = self._when(lookup)
        results = map(lookup, self._named)
        return RedFlagResult(
            red_flag=self.rule,
            fired=outcome.state is State.PRESENT,
            state=outcome.state,
            found=outcome.found,
            missing=outcome.missing,
            unknown=tuple(result for result in results if result.state is State.UNKNOWN),
        )


def flag_rank(result: RedFlagResult) -> FlagRank:
    """What puts a red flag into its place: fired first, the most urgent before the others."""
    flag = result.red_flag
    return (not result.fired, -flag.indicator.rank, flag.precedence, flag.id)
