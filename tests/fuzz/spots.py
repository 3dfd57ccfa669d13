"""Places in a JSON tree, by which it is changed where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = Any


@dataclass
class Spot:
    """One value of a tree: what holds it, and under which name or number."""

    holder: Any
    key: Any

    @property
    def value(self) -> Json:
        """What stands there."""
        return self.holder[self.key]

    @value.setter
    def value(self, new: Json) -> None:
        self.holder[self.key] = new

    def remove(self) -> None:
        """Take it out."""
        del self.holder[self.key]


def spots(tree: Json) -> Iterator[Spot]:
    """Every place of a tree but its root."""
    pending = [tree]
    while pending:
        holder = pending.pop()
        if isinstance(holder, dict):
            keys: Any = list(holder)
        elif isinstance(holder, list):
            keys = range(len(holder))
        else:
            continue
        for key in keys:
            yield Spot(holder, key)
            pending.append(holder[key])


def copied(tree: Json) -> Json:
    """A copy that shares nothing with the tree."""
    if isinstance(tree, dict):
        return {name: copied(part) for name, part in tree.items()}
    if isinstance(tree, list):
        return [copied(part) for part in tree]
    return tree
