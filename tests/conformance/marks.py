"""Which tests show which requirement, read from the markers in the tests' source.

The source is read, not run: the table is the same whichever tests a worker of pytest-xdist
happens to run, and can be written without running any.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parents[1]
MARKER = "requirement"


class Shown(NamedTuple):
    """A test that shows a requirement."""

    requirement: str
    path: str
    test: str


def marks(folder: Path = TESTS) -> list[Shown]:
    """Every marker below a folder, by path, then in the order of the source."""
    return [
        Shown(requirement, path.relative_to(folder).as_posix(), test)
        for path in sorted(folder.rglob("test_*.py"))
        for requirement, test in marked(path.read_text("utf-8"))
    ]


def marked(source: str) -> Iterator[tuple[str, str]]:
    """The requirements that a module's test functions are marked with, each with its test.

    Raises:
        ValueError: a marker names something else than texts that stand in the source.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and _is_marker(decorator.func):
                    for argument in decorator.args:
                        yield str(ast.literal_eval(argument)), node.name


def _is_marker(node: ast.expr) -> bool:
    return ast.unparse(node) == f"pytest.mark.{MARKER}"
