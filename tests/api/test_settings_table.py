"""The table of settings in the README and the class have the same settings."""

import re
from collections.abc import Iterator
from pathlib import Path

from orbicularis.api.environment import PREFIX, variable
from orbicularis.api.settings import Settings

README = Path(__file__).parents[2] / "README.md"
_HEAD = "| setting | meaning | default |\n| --- | --- | --- |\n"
_OTHERS = "OTEL_"
"""Variables that are not ours, and stand in the table all the same."""


def _rows(text: str) -> list[list[str]]:
    """The table's lines, each as its cells."""
    table = text.partition(_HEAD)[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()]


def _named(cell: str) -> Iterator[str]:
    """The variables of a row; ``_NAME`` after the first is short for one of the same prefix."""
    for name in re.findall(r"`(\w+)`", cell):
        if not name.startswith(_OTHERS):
            yield f"{PREFIX.rstrip('_')}{name}" if name.startswith("_") else name


def test_every_setting_stands_in_the_table_once_and_nothing_else_does() -> None:
    told = [name for row in _rows(README.read_text(encoding="utf-8")) for name in _named(row[0])]
    assert sorted(told) == sorted(map(variable, Settings.model_fields))


def test_every_row_says_what_it_means() -> None:
    for row in _rows(README.read_text(encoding="utf-8")):
        assert len(row) in (2, 3), row
        assert row[1]


def test_a_row_of_a_family_names_each_of_it() -> None:
    text = f"{_HEAD}| `ORBICULARIS_A_B`, `_C` | what | 1, 2 |\n| `OTEL_A` | what | |\n\nafter"
    assert [list(_named(row[0])) for row in _rows(text)] == [
        ["ORBICULARIS_A_B", "ORBICULARIS_C"],
        [],
    ]
