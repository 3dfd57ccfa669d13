"""Combinations of findings, in three-valued logic.

Written in YAML as a finding's id, or as a mapping with one of the keys ``all``,
``any``, ``at_least`` (with ``of``), ``not`` and ``unless_present``.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from orbicularis.knowledge.base import Id, Knowledge


class All(Knowledge):
    """Present when every part is present; absent when any part is absent."""

    all: Annotated[tuple["Expression", ...], Field(min_length=1)]


class AnyOf(Knowledge):
    """Present when any part is present; absent when every part is absent."""

    any: Annotated[tuple["Expression", ...], Field(min_length=1)]


class AtLeast(Knowledge):
    """Present when at least ``at_least`` parts are present."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[tuple["Expression", ...], Field(min_length=1)]


class Not(Knowledge):
    """Present only when the part is known to be absent."""

    not_: Annotated["Expression", Field(alias="not")]


class UnlessPresent(Knowledge):
    """Present when the part is absent or unknown; how "nothing else recorded" is written."""

    unless_present: "Expression"


def _kind(value: Any) -> str | None:
    """Name the branch of the union by the key that stands in the mapping."""
    if isinstance(value, str):
        return "finding"
    if isinstance(value, Knowledge):
        keys = set(type(value).model_fields)
    else:
        keys = set(value) if isinstance(value, dict) else set()
    return next((kind for key, kind in _KEYS.items() if key in keys), None)


_KEYS = {
    "all": "all",
    "any": "any",
    "at_least": "at_least",
    "not": "not",
    "not_": "not",
    "unless_present": "unless_present",
}

Expression = Annotated[
    Annotated[Id, Tag("finding")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Not, Tag("not")]
    | Annotated[UnlessPresent, Tag("unless_present")],
    Discriminator(
        _kind,
        custom_error_type="expression",
        custom_error_message=(
            "must be a finding's id or a mapping with one of the keys "
            "all, any, at_least, not, unless_present"
        ),
    ),
]
"""One combination: a finding's id, or one of the mappings above."""

for _model in (All, AnyOf, AtLeast, Not, UnlessPresent):
    _model.model_rebuild()


def findings_in(expression: Expression) -> Iterator[str]:
    """Yield the id of every finding that the combination names, in order."""
    match expression:
        case All(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                yield from findings_in(part)
        case Not(not_=part) | UnlessPresent(unless_present=part):
            yield from findings_in(part)
        case _:
            yield expression


def named(expression: Expression) -> Iterator[str]:
    """Yield the findings that speak for the combination (not those it turns around)."""
    match expression:
        case All(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                yield from named(part)
        case Not() | UnlessPresent():
            return
        case _:
            yield expression
