"""One YAML file of the rules: its text, its data, and where in it each value stands."""

import re
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.yaml_tree import documents

Steps = tuple[str | int, ...]
"""Keys and indices that lead from the top of a file to a value."""

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(slots=True)
class Source:
    """A file as it was read.

    Attributes:
        file: path relative to the bundle's folder, with forward slashes.
        text: its content; empty when it could not be decoded.
        parsed: True when it was read as YAML.
        data: plain mappings, lists, text, numbers, booleans and dates.
        problems: what is wrong with it as YAML.
        faults: (line, column) of values that are wrong as YAML already.
        dates: how many unquoted dates stand among the data.
        folder: the overlay in which it stands; empty for the bundle itself.
    """

    file: str
    text: str = ""
    parsed: bool = False
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    faults: set[tuple[int, int]] = field(default_factory=set)
    dates: int = 0
    folder: str = ""
    _root: Node | None = None

    @property
    def lines(self) -> list[str]:
        """Its text, line by line."""
        return _BREAK.split(self.text) if self.text else []

    @property
    def root(self) -> Node | None:
        """The YAML node tree; None when it could not be parsed.

        It is made when first asked for: it takes ten times the room of the text, and most
        files have nothing wrong of which the place would have to be told.
        """
        if self._root is None and self.parsed:
            self._root = next(documents(self.text))
        return self._root

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
        lines = self.lines
        text = lines[line - 1] if line <= len(lines) else ""
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
