"""Looks into the types of the rules, to say which keys and values a place can hold."""

from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag

from orbicularis.knowledge.base import Knowledge

_Branch = tuple[str | None, Any]


def keys_at(model: type[Knowledge], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys of the mapping to which a pydantic error location leads."""
    branches: list[_Branch] = [(None, model)]
    for step in loc:
        branches = list(_step(branches, step))
    return tuple(key for _, kind in branches if _is_model(kind) for key in _keys(kind))


def values_at(model: type[Knowledge], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the words that may stand at a location; empty when any value may."""
    branches: list[_Branch] = [(None, model)]
    for step in loc:
        branches = list(_step(branches, step))
    words: list[str] = []
    for _, kind in branches:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            words += [member.value for member in kind]
        elif _origin(kind) is Literal:
            words += [str(value) for value in get_args(kind)]
        elif kind is bool:
            words += ["true", "false"]
    return tuple(words)


def _keys(model: type[Knowledge]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _step(branches: list[_Branch], step: str | int) -> Iterator[_Branch]:
    """Follow one step of a location; the tag of a union chooses a branch of it."""
    tagged = [(None, kind) for tag, kind in branches if tag is not None and tag == step]
    if tagged:
        yield from tagged
        return
    for _, kind in branches:
        if _is_model(kind):
            yield from _field(kind, step)
        elif _origin(kind) is tuple and isinstance(step, int):
            yield from _branches(get_args(kind)[0])
        elif _origin(kind) is dict and step != "[key]":
            yield from _branches(get_args(kind)[1])


def _field(model: type[Knowledge], step: str | int) -> Iterator[_Branch]:
    for name, field in model.model_fields.items():
        if step in (field.alias or name, name):
            yield from _branches(field.annotation)


def _branches(annotation: Any, tag: str | None = None) -> Iterator[_Branch]:
    """Flatten unions and take annotations off, keeping the tag of each branch."""
    origin = _origin(annotation)
    if origin is Annotated:
        kind, *metadata = get_args(annotation)
        named = next((part.tag for part in metadata if isinstance(part, Tag)), tag)
        yield from _branches(kind, named)
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _branches(part, tag)
    elif annotation is not type(None):
        yield tag, annotation


def _origin(annotation: Any) -> Any:
    return get_origin(annotation)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Knowledge)
