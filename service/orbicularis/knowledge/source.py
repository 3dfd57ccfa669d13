"""One YAML file of the rules: its lines, its data, and where in it each value stands."""

from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from orbicularis.errors.problem import Problem

Steps = tuple[str | int, ...]
"""Keys and indices that lead from the top of a file to a value."""


@dataclass(slots=True)
class Source:
    """A file as it was read.

    Attributes:
        file: path relative to the bundle's folder, with forward slashes.
        lines: its text, line by line; empty when it could not be decoded.
        root: the YAML node tree; None when it could not be parsed.
        data: plain mappings, lists, text, numbers, booleans and dates.
        problems: what is wrong with it as YAML.
        faults: (line, column) of values that are wrong as YAML already.
        folder: the overlay in which it stands; empty for the bundle itself.
    """

    file: str
    lines: list[str] = field(default_factory=list)
    root: Node | None = None
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    faults: set[tuple[int, int]] = field(default_factory=set)
    folder: str = ""

    def let_go(self) -> None:
        """Free what is needed only while something may still have to be told."""
        self.lines, self.root, self.data = [], None, None

    def place(self, steps: Steps, of_key: bool = False) -> tuple[int, int]:
        """Return the one-based line and column of a value, or of its key.

        Steps that do not exist in the file lead to the innermost that does, so that a
        missing key is told at the mapping that lacks it.
        """
        node, key = self.root, None
        for step in steps:
            found = _child(node, step)
            if found is None:
                return _start(node)
            key, node = found
        return _start(key if of_key and key is not None else node)

    def problem(
        self, code: str, steps: Steps, what: str, fix: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return a problem at a value, or at its key."""
        return self.problem_at(code, *self.place(steps, of_key), what, fix)

    def problem_at(self, code: str, line: int, column: int, what: str, fix: str = "") -> Problem:
        """Return a problem at a line and column, with the line's text."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return Problem(self.file, line, column, code, what, fix=fix, text=text, folder=self.folder)


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    """Return the key node (of a mapping) and value node one step down."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == step:
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _start(node: Node | None) -> tuple[int, int]:
    if node is None:
        return 1, 1
    return node.start_mark.line + 1, node.start_mark.column + 1
