"""Combinations of findings as an indented list."""

from dataclasses import dataclass

from orbicularis.knowledge.expression import (
    All,
    AnyOf,
    AtLeast,
    Expression,
    Not,
    UnlessPresent,
)


@dataclass(frozen=True, slots=True)
class Node:
    """A combination, or at its leaves a finding.

    Attributes:
        words: what has to be true of the parts; of a leaf, what has to be true of it.
        finding: id of the finding that a leaf names.
        parts: what it is made of.
    """

    words: str
    finding: str = ""
    parts: tuple["Node", ...] = ()


def tree(expression: Expression, words: str = "") -> Node:
    """Lay a combination out; ``words`` stand before a finding that is turned around."""
    match expression:
        case All(all=parts):
            return _node("all of", words, parts)
        case AnyOf(any=parts):
            return _node("any of", words, parts)
        case AtLeast(at_least=number, of=parts):
            return _node(f"at least {number} of", words, parts)
        case Not(not_=part):
            return tree(part, "known to be absent:")
        case UnlessPresent(unless_present=part):
            return tree(part, "absent or unknown:")
        case _:
            return Node(words, finding=expression)


def _node(how: str, words: str, parts: tuple[Expression, ...]) -> Node:
    return Node(f"{words} {how}".strip(), parts=tuple(map(tree, parts)))
