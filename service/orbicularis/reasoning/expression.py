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
        missing: findings whose state keeps it from being present.
    """

    state: State
    found: tuple[FindingResult, ...] = ()
    missing: tuple[FindingResult, ...] = ()


def evaluate(expression: Expression, lookup: Lookup) -> Outcome:
    """Evaluate a combination; an unknown part never counts as absent."""
    match expression:
        case All(all=parts):
            return _count(len(parts), parts, lookup)
        case AnyOf(any=parts):
            return _count(1, parts, lookup)
        case AtLeast(at_least=number, of=parts):
            return _count(number, parts, lookup)
        case Not(not_=part):
            inner = evaluate(part, lookup)
            return _turned(_NOT[inner.state], inner)
        case UnlessPresent(unless_present=part):
            inner = evaluate(part, lookup)
            return _turned(_UNLESS_PRESENT[inner.state], inner)
        case _:
            return _finding(lookup(expression))


_NOT = {
    State.PRESENT: State.ABSENT,
    State.ABSENT: State.PRESENT,
    State.UNKNOWN: State.UNKNOWN,
}
_UNLESS_PRESENT = {
    State.PRESENT: State.ABSENT,
    State.ABSENT: State.PRESENT,
    State.UNKNOWN: State.PRESENT,
}


def _finding(result: FindingResult) -> Outcome:
    if result.state is State.PRESENT:
        return Outcome(State.PRESENT, found=(result,))
    return Outcome(result.state, missing=(result,))


def _count(needed: int, parts: tuple[Expression, ...], lookup: Lookup) -> Outcome:
    """Present when enough parts are; absent when too few can still become so."""
    outcomes = [evaluate(part, lookup) for part in parts]
    present = [outcome for outcome in outcomes if outcome.state is State.PRESENT]
    open_ = sum(outcome.state is State.UNKNOWN for outcome in outcomes)
    found = _unique(result for outcome in present for result in outcome.found)
    if len(present) >= needed:
        return Outcome(State.PRESENT, found=found)
    state = State.UNKNOWN if len(present) + open_ >= needed else State.ABSENT
    others = (outcome for outcome in outcomes if outcome.state is not State.PRESENT)
    missing = _unique(result for outcome in others for result in outcome.missing)
    return Outcome(state, found=found, missing=missing)


def _turned(state: State, inner: Outcome) -> Outcome:
    """A turned part is never "found"; what keeps it from holding is what it names."""
    if state is State.PRESENT:
        return Outcome(state)
    blocking = inner.found or inner.missing
    return Outcome(state, missing=blocking)


def _unique(results: Iterable[FindingResult]) -> tuple[FindingResult, ...]:
    return tuple({result.finding.id: result for result in results}.values())
