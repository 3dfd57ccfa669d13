"""Changes of a combination of findings: a part dropped, a count raised or lowered."""

from collections.abc import Iterator

from orbicularis.authoring.edit import GONE
from orbicularis.authoring.mutant import Kind
from orbicularis.authoring.proposal import Proposal
from orbicularis.authoring.said import combination_said
from orbicularis.knowledge.expression import (
    All,
    AnyOf,
    AtLeast,
    Expression,
    Not,
    UnlessPresent,
)
from orbicularis.knowledge.source import Steps


def of_combination(expression: Expression, steps: Steps) -> Iterator[Proposal]:
    """Yield every change of a combination that stands at some place of a rule."""
    match expression:
        case All(all=parts):
            hint = "all else is present, and this is not"
            yield from _of_parts(parts, (*steps, "all"), len(parts) > 1, hint)
        case AnyOf(any=parts):
            hint = "this alone of its group is present"
            yield from _of_parts(parts, (*steps, "any"), len(parts) > 1, hint)
        case AtLeast(at_least=number, of=parts):
            yield from _of_count(expression, number, steps)
            hint = f"this is one of just {number} of its group that are present"
            yield from _of_parts(parts, (*steps, "of"), len(parts) > number, hint)
        case Not(not_=part):
            yield from of_combination(part, (*steps, "not"))
        case UnlessPresent(unless_present=part):
            yield from of_combination(part, (*steps, "unless_present"))


def _of_parts(
    parts: tuple[Expression, ...], steps: Steps, can_drop: bool, hint: str
) -> Iterator[Proposal]:
    for at, part in enumerate(parts):
        place = (*steps, at)
        if can_drop and not _is_exclusion(part):
            name = f"condition {combination_said(part)}: dropped"
            yield Proposal(
                Kind.CONDITION, name, place, ((place, GONE),), f"a patient in whom {hint}"
            )
        elif can_drop:
            name = f"exclusion {combination_said(part)}: dropped"
            hint = "a patient in whom all else is present, and what is excluded too"
            yield Proposal(Kind.EXCLUSION, name, place, ((place, GONE),), hint)
        yield from of_combination(part, place)


def _is_exclusion(part: Expression) -> bool:
    return isinstance(part, (Not, UnlessPresent))


def _of_count(expression: AtLeast, number: int, steps: Steps) -> Iterator[Proposal]:
    for other in (number - 1, number + 1):
        if 1 <= other <= len(expression.of):
            place = (*steps, "at_least")
            yield Proposal(
                Kind.CONDITION,
                f"{combination_said(expression)}: at least {other}",
                place,
                ((place, other),),
                f"a patient in whom just {min(other, number)} of the group are present",
            )
