"""Holds the data of a file against its type, and tells each mismatch at its place.

Validation is strict and by way of JSON, whose values the types know exactly: text is never
taken for a number, a number never for a duration in seconds.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.mismatch import Mismatch, describe
from orbicularis.knowledge.source import Source, Steps

M = TypeVar("M", bound=Knowledge)
_ENCODER = msgspec.json.Encoder()


def shape(source: Source, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return the file's data as its type, or None and what does not fit."""
    try:
        value = model.model_validate_json(_ENCODER.encode(source.data), strict=True)
    except ValidationError as error:
        return None, list(_problems(source, model, error.errors(include_url=False)))
    problems = list(_misplaced_dates(source, model))
    return (None if problems else value), problems


def _problems(
    source: Source, model: type[Knowledge], errors: list[ErrorDetails]
) -> Iterator[Problem]:
    """Tell each place once; what is wrong as YAML already is not told again."""
    mismatches = [_mismatch(source, model, error) for error in errors if not _follows(error)]
    for steps, group in groupby(mismatches, key=lambda mismatch: mismatch.steps):
        several = list(group)
        whole = [m for m in several if m.of_key or m.kind in ("missing", "extra_forbidden")]
        for mismatch in whole or [several[0]]:
            place = source.place(steps, mismatch.of_key)
            if place not in source.faults:
                what, fix = mismatch.text([m.kind for m in several])
                yield source.problem_at(mismatch.code, *place, what, fix)


def _follows(error: ErrorDetails) -> bool:
    """Tell a list that is too short only because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _mismatch(source: Source, model: type[Knowledge], error: ErrorDetails) -> Mismatch:
    steps = _align(source.data, error["loc"])
    return describe(model, error, steps)


def _align(data: Any, loc: tuple[str | int, ...]) -> Steps:
    """Take the tags of unions out of a location, so that it leads through the data.

    A tag may have the name of a key, so of two ways the one that goes further is right.
    """
    if not loc:
        return ()
    without = _align(data, loc[1:])
    step = loc[0]
    leads_on = (isinstance(data, dict) and step in data) or (
        isinstance(data, list) and isinstance(step, int) and step < len(data)
    )
    if not leads_on:
        return without
    within = (step, *_align(data[step], loc[1:]))
    return within if len(within) > len(without) else without


def _misplaced_dates(source: Source, model: type[Knowledge]) -> Iterator[Problem]:
    """Find unquoted dates where text is meant, which JSON cannot tell from each other."""
    own = [name for name, field in model.model_fields.items() if field.annotation is date]
    if source.dates <= sum(isinstance(source.data.get(name), date) for name in own):
        return
    try:
        model.model_validate(source.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if isinstance(detail["input"], date):
                steps = _align(source.data, detail["loc"])
                what = f"the unquoted date {detail['input']} stands where text is meant"
                fix = f'write "{detail["input"]}" in quotes'
                yield source.problem("K111", steps, what, fix)
