"""Places in the data of a file at which names stand, and how they are read there."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from orbicularis.knowledge.file_kind import Named
from orbicularis.knowledge.source import Steps

Paths = tuple[tuple[str, Named], ...]
"""Paths into the data: ``*`` is any item, ``**`` all text below, ``~`` any key,
``{}`` each name in braces of a text, ``|`` what stands before the bar of a text."""

_IN_BRACES = re.compile(r"\{([^{}]*)\}")


def items(data: Any) -> Iterable[tuple[str | int, Any]]:
    """Return what a mapping or list holds, each with its key or number; of all else nothing."""
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()


_Found = Iterator[tuple[Steps, str]]


def _leaves(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str):
        yield steps, data
    for key, part in items(data):
        yield from _leaves(part, (*steps, key))


def _keys(data: Any, steps: Steps) -> _Found:
    if isinstance(data, dict):
        yield from (((*steps, key), key) for key in data)


def _in_braces(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str):
        yield from ((steps, name) for name in _IN_BRACES.findall(data))


def _before_bar(data: Any, steps: Steps) -> _Found:
    if isinstance(data, str) and "|" in data:
        yield steps, data.split("|")[0]


READERS: Mapping[str, Callable[[Any, Steps], _Found]] = {
    "**": _leaves,
    "~": _keys,
    "{}": _in_braces,
    "|": _before_bar,
}
"""How names are read where the last step of a path is one of these."""


@dataclass(slots=True)
class Place:
    """A place in the data, as all paths that lead to it or through it see it.

    Attributes:
        named: what is named here, by the last step of the path: empty for its whole text.
        listed: True when it is any item of what holds it.
        keys: places below it, by their keys.
        items: the place of any item below it.
    """

    named: dict[str, Named] = field(default_factory=dict)
    listed: bool = False
    keys: dict[str, "Place"] = field(default_factory=dict)
    items: "Place | None" = None

    def below(self, step: str) -> "Place":
        """The place one step down, made when no path went there before."""
        if step != "*":
            return self.keys.setdefault(step, Place())
        self.items = self.items or Place(listed=True)
        return self.items


def places(paths: Paths) -> Place:
    """Return the place from which all paths start, with those below it."""
    root = Place()
    for path, named in paths:
        *steps, last = path.split(".")
        place = root
        for step in steps:
            place = place.below(step)
        if last in READERS:
            place.named[last] = named
        else:
            place.below(last).named[""] = named
    return root
