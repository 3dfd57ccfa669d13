"""Combinations of findings evaluated in three-valued logic, with the parts that decided."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from orbicularis.facts.assessment import FindingResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.expression import (
    All,
    AnyOf,
    AtLeast,
    Expression,
    Not,
    UnlessPresent,
)

Lookup = Callable[[str], FindingResult]
"""Gives the result of a finding by its id."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a combination came to.

    Attributes:
        state: present, absent or unknown.
        found: findings that are present and made it so.
        ruled_out: findings whose known absence it counted on.
        missing: findings whose state keeps it from being present.
    """

    state: State
    found: tuple[FindingResult, ...] = ()
    ruled_out: tuple[FindingResult, ...] = ()
    missing: tuple[FindingResult, ...] = ()


def evaluate(expression: Expression, lookup: Lookup) -> Outcome:
    """Evaluate a combination; an unknown part never counts as absent."""
    return _evaluate(expression, lookup, turned=False)


def _evaluate(expression: Expression, lookup: Lookup, *, turned: bool) -> Outcome:
    """Evaluate a combination, or what it denies when it stands under a ``not``.

    Denial is carried down to the findings (De Morgan), so that what is missing is named
    right at any depth.
    """
    match expression:
        case All(all=parts):
            return _count(len(parts), parts, lookup, turned=turned)
        case AnyOf(any=parts):
            return _count(1, parts, lookup, turned=turned)
        case AtLeast(at_least=number, of=parts):
            return _count(number, parts, lookup, turned=turned)
        case Not(not_=part):
            return _evaluate(part, lookup, turned=not turned)
        case UnlessPresent(unless_present=part):
            return _unless_present(part, lookup, turned=turned)
        case _:
            return _finding(lookup(expression), turned=turned)


_DENIED = {
    State.PRESENT: State.ABSENT,
    State.ABSENT: State.PRESENT,
    State.UNKNOWN: State.UNKNOWN,
}


def _finding(result: FindingResult, *, turned: bool) -> Outcome:
    """A finding that is wanted absent is never "found", but it can be missing."""
    state = _DENIED[result.state] if turned else result.state
    if state is State.PRESENT:
        return Outcome(state, ruled_out=(result,)) if turned else Outcome(state, found=(result,))
    return Outcome(state, missing=(result,))


def _unless_present(part: Expression, lookup: Lookup, *, turned: bool) -> Outcome:
    inner = _evaluate(part, lookup, turned=False)
    is_present = inner.state is State.PRESENT
    if is_present is turned:
        return Outcome(State.PRESENT, found=inner.found if turned else ())
    blocking = inner if turned else _evaluate(part, lookup, turned=True)
    return Outcome(State.ABSENT, missing=blocking.missing)


def _count(needed: int, parts: tuple[Expression, ...], lookup: Lookup, *, turned: bool) -> Outcome:
    """Present when enough parts are; absent when too few can still become so."""
    if turned:
        needed = len(parts) - needed + 1
    outcomes = [_evaluate(part, lookup, turned=turned) for part in parts]
    present = [outcome for outcome in outcomes if outcome.state is State.PRESENT]
    open_ = sum(outcome.state is State.UNKNOWN for outcome in outcomes)
    found = _unique(result for outcome in present for result in outcome.found)
    ruled_out = _unique(result for outcome in present for result in outcome.ruled_out)
    if len(present) >= needed:
        return Outcome(State.PRESENT, found=found, ruled_out=ruled_out)
    state = State.UNKNOWN if len(present) + open_ >= needed else State.ABSENT
    others = (outcome for outcome in outcomes if outcome.state is not State.PRESENT)
    missing = _unique(result for outcome in others for result in outcome.missing)
    return Outcome(state, found=found, missing=missing)


def _unique(results: Iterable[FindingResult]) -> tuple[FindingResult, ...]:
    return tuple({result.finding.id: result for result in results}.values())
