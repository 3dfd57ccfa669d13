"""Makes an input smaller for as long as the same is wrong with it."""

import json
from collections.abc import Callable

from tests.fuzz.context import tree_of
from tests.fuzz.spots import Json, copied, spots

Shows = Callable[[bytes], bool]


def shrink(data: bytes, shows: Shows) -> bytes:
    """Leave out of an input what does not matter.

    Args:
        data: the input.
        shows: whether an input still shows what is wrong.

    Returns:
        The smaller input; as JSON where it is JSON that shows it, else as it was.
    """
    tree = tree_of(data)
    if tree is None or not shows(_written(tree)):
        return data
    smaller = True
    while smaller:
        tree, smaller = _once(tree, shows)
    return _written(tree)


def _once(tree: Json, shows: Shows) -> tuple[Json, bool]:
    """Try each place once, the outermost and last ones first."""
    smaller = False
    number = 0
    while number < len(places := list(spots(tree))):
        trial = copied(tree)
        place = list(spots(trial))[len(places) - 1 - number]
        place.remove()
        if shows(_written(trial)):
            tree, smaller = trial, True
        else:
            number += 1
    return tree, smaller


def _written(tree: Json) -> bytes:
    return json.dumps(tree).encode()
