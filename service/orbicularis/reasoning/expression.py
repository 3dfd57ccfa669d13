"""Combinations of findings evaluated in three-valued logic, with the parts that decided."""

from collections.abc import Callable
from typing import NamedTuple

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


class Outcome(NamedTuple):
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


Combination = Callable[[Lookup], Outcome]
"""A combination, ready to be evaluated."""


def evaluate(expression: Expression, lookup: Lookup) -> Outcome:
    """Evaluate a combination; an unknown part never counts as absent."""
    return combination(expression)(lookup)


def combination(expression: Expression) -> Combination:
    """Make a combination ready, once for all charts."""
    return _combination(expression, turned=False)


def _combination(expression: Expression, *, turned: bool) -> Combination:
    """Make a combination ready, or what it denies when it stands under a ``not``.

    Denial is carried down to the findings (De Morgan), so that what is missing is named
    right at any depth.
    """
    match expression:
        case All(all=parts):
            return _count(len(parts), parts, turned=turned)
        case AnyOf(any=parts):
            return _count(1, parts, turned=turned)
        case AtLeast(at_least=number, of=parts):
            return _count(number, parts, turned=turned)
        case Not(not_=part):
            return _combination(part, turned=not turned)
        case UnlessPresent(unless_present=part):
            return _present_unless(part) if not turned else _absent_unless(part)
        case _:
            return _absence(expression) if turned else _presence(expression)


def _presence(finding: str) -> Combination:
    def outcome(lookup: Lookup) -> Outcome:
        result = lookup(finding)
        if result.state is State.PRESENT:
            return Outcome(State.PRESENT, found=(result,))
        return Outcome(result.state, missing=(result,))

    return outcome


_DENIED = {
    State.PRESENT: State.ABSENT,
    State.ABSENT: State.PRESENT,
    State.UNKNOWN: State.UNKNOWN,
}


def _absence(finding: str) -> Combination:
    """A finding that is wanted absent is never "found", but it can be missing."""

    def outcome(lookup: Lookup) -> Outcome:
        result = lookup(finding)
        state = _DENIED[result.state]
        if state is State.PRESENT:
            return Outcome(state, ruled_out=(result,))
        return Outcome(state, missing=(result,))

    return outcome


def _present_unless(part: Expression) -> Combination:
    wanted, denied = _combination(part, turned=False), _combination(part, turned=True)

    def outcome(lookup: Lookup) -> Outcome:
        if wanted(lookup).state is State.PRESENT:
            return Outcome(State.ABSENT, missing=denied(lookup).missing)
        return Outcome(State.PRESENT)

    return outcome


def _absent_unless(part: Expression) -> Combination:
    wanted = _combination(part, turned=False)

    def outcome(lookup: Lookup) -> Outcome:
        inner = wanted(lookup)
        if inner.state is State.PRESENT:
            return Outcome(State.PRESENT, found=inner.found)
        return Outcome(State.ABSENT, missing=inner.missing)

    return outcome


def _count(needed: int, parts: tuple[Expression, ...], *, turned: bool) -> Combination:
    """Present when enough parts are; absent when too few can still become so."""
    if turned:
        needed = len(parts) - needed + 1
    findings = tuple(part for part in parts if isinstance(part, str))
    if not turned and len(set(findings)) == len(parts):
        return _count_of_findings(needed, findings)
    every = [_combination(part, turned=turned) for part in parts]

    def outcome(lookup: Lookup) -> Outcome:
        outcomes = [part(lookup) for part in every]
        present = [one for one in outcomes if one.state is State.PRESENT]
        others = [one for one in outcomes if one.state is not State.PRESENT]
        open_ = [one for one in others if one.state is State.UNKNOWN]
        found = _unique([one.found for one in present])
        if len(present) >= needed:
            return Outcome(State.PRESENT, found, _unique([one.ruled_out for one in present]))
        state = State.UNKNOWN if len(present) + len(open_) >= needed else State.ABSENT
        return Outcome(state, found=found, missing=_unique([one.missing for one in others]))

    return outcome


def _count_of_findings(needed: int, findings: tuple[str, ...]) -> Combination:
    """The same for findings alone, which most combinations are: no part has parts."""

    def outcome(lookup: Lookup) -> Outcome:
        results = [lookup(finding) for finding in findings]
        found = tuple([one for one in results if one.state is State.PRESENT])
        if len(found) >= needed:
            return Outcome(State.PRESENT, found)
        missing = tuple([one for one in results if one.state is not State.PRESENT])
        open_ = [one for one in missing if one.state is State.UNKNOWN]
        state = State.UNKNOWN if len(found) + len(open_) >= needed else State.ABSENT
        return Outcome(state, found=found, missing=missing)

    return outcome


def _unique(several: list[tuple[FindingResult, ...]]) -> tuple[FindingResult, ...]:
    if len(several) == 1:
        return several[0]
    return tuple({one.finding.id: one for results in several for one in results}.values())
