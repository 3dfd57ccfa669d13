"""Which states a finding can have at all, from the ways in which it is recognised."""

from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.expression import (
    All,
    AnyOf,
    AtLeast,
    Expression,
    Not,
    UnlessPresent,
)
from orbicularis.knowledge.finding import Finding, Recogniser

States = frozenset[State]

_ALL: States = frozenset(State)
_NEVER_ABSENT: States = frozenset({State.PRESENT, State.UNKNOWN})


def possible_states(finding: Finding, bundle: Bundle) -> States:
    """Tell the states: no record of a medicine or a relative's illness rules anything out."""
    ways = [_of(by, bundle) for by in finding.recognised_by]
    return frozenset().union(*ways)


def _of(by: Recogniser, bundle: Bundle) -> States:
    if by.combination is not None:
        return _combined(by.combination, bundle)
    if by.course is not None or by.draft is not None:
        return _ALL
    if by.medication is not None:
        limits = (by.medication.started_within, by.medication.for_at_least)
        return _ALL if any(limits) else _NEVER_ABSENT
    return _NEVER_ABSENT if by.family is not None else _ALL


def _combined(expression: Expression, bundle: Bundle) -> States:
    match expression:
        case All(all=parts):
            return _joined(parts, bundle, every=True)
        case AnyOf(any=parts):
            return _joined(parts, bundle, every=False)
        case AtLeast(of=parts):
            return _joined(parts, bundle, every=False)
        case Not(not_=part):
            return frozenset(map(_denied, _combined(part, bundle)))
        case UnlessPresent():
            return frozenset({State.PRESENT, State.ABSENT})
        case _:
            return possible_states(bundle.findings[expression], bundle)


def _denied(state: State) -> State:
    return {State.PRESENT: State.ABSENT, State.ABSENT: State.PRESENT}.get(state, State.UNKNOWN)


def _joined(parts: tuple[Expression, ...], bundle: Bundle, *, every: bool) -> States:
    """Absent when one part (``every``) or all parts can be; unknown when any part can be."""
    each = [_combined(part, bundle) for part in parts]
    can = any if every else all
    states = {State.PRESENT}
    if can(State.ABSENT in one for one in each):
        states.add(State.ABSENT)
    if any(State.UNKNOWN in one for one in each):
        states.add(State.UNKNOWN)
    return frozenset(states)
