"""Values of the rules in words, as a reader of a change wants them."""

from collections.abc import Iterable
from datetime import date, timedelta

from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.expression import (
    All,
    AnyOf,
    AtLeast,
    Expression,
    Not,
    UnlessPresent,
)
from orbicularis.knowledge.finding import Range

Scalar = str | int | float | bool | date | timedelta
"""What stands at the end of a path through a rule."""

COMBINATIONS = (All, AnyOf, AtLeast, Not, UnlessPresent)
"""The types of a combination, but for a finding's id alone."""

_ENDS = {"above": "above", "at_least": "at least", "below": "below", "at_most": "at most"}


def said(value: object) -> str:
    """Say any value of a rule in one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case timedelta():
            return _duration(value)
        case Range():
            return range_said(value)
        case All() | AnyOf() | AtLeast() | Not() | UnlessPresent():
            return combination_said(value)
        case Knowledge():
            return fields_said(value)
        case tuple():
            return ", ".join(map(said, value))
        case dict():
            return ", ".join(f"{key}: {said(part)}" for key, part in value.items())
        case _:
            return " ".join(str(value).split())


def fields_said(model: Knowledge, leave_out: Iterable[str] = ()) -> str:
    """Say each field that differs from its default."""
    parts = [
        f"{label(name)} {said(getattr(model, name))}"
        for name, field in type(model).model_fields.items()
        if name not in set(leave_out)
        and getattr(model, name) != field.get_default(call_default_factory=True, validated_data={})
    ]
    return ", ".join(parts)


def range_said(numbers: Range, unit: str = "") -> str:
    """Say a range with its unit: ``at least 2.1 and below 3 mmol/L``."""
    ends = numbers.model_dump(exclude_none=True)
    parts = [f"{words} {ends[key]:g}" for key, words in _ENDS.items() if key in ends]
    return f"{' and '.join(parts)} {unit}".rstrip()


def combination_said(expression: Expression) -> str:
    """Say a combination in one line, its parts in parentheses."""
    match expression:
        case All(all=parts):
            return f"all of ({_parts(parts)})"
        case AnyOf(any=parts):
            return f"any of ({_parts(parts)})"
        case AtLeast(at_least=number, of=parts):
            return f"at least {number} of ({_parts(parts)})"
        case Not(not_=part):
            return f"not {combination_said(part)}"
        case UnlessPresent(unless_present=part):
            return f"unless {combination_said(part)}"
        case _:
            return expression


def _parts(parts: Iterable[Expression]) -> str:
    return ", ".join(map(combination_said, parts))


def _duration(span: timedelta) -> str:
    """In the largest unit in which it is a whole number."""
    seconds = int(span.total_seconds())
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds % length == 0:
            number = seconds // length
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{seconds} seconds"


def label(field: str) -> str:
    """A field's name as words."""
    return field.rstrip("_").replace("_", " ")
