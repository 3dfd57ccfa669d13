"""The requirements: what each asks, and why some are not shown by a test."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
TABLES = {"2.0": DATA / "cds-hooks-2.0.csv", "3.0": DATA / "cds-hooks-3.0.csv"}
NOT_TESTED = DATA / "not-tested.csv"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of a table.

    Attributes:
        set: the specification that it is from, such as ``cds-hooks_2.0``.
        number: its id within the set.
        level: SHALL, SHOULD, MAY ...
        title: what it asks, in a few words of ours.
        url: where it stands.
    """

    set: str
    number: str
    level: str
    title: str
    url: str

    @property
    def id(self) -> str:
        """What a test's marker names."""
        return f"{self.set}#{self.number}"


def requirements(version: str) -> list[Requirement]:
    """Every requirement of one table, in the order of the specification."""
    return [
        Requirement(row["set"], row["id"], row["conformance"], row["title"], row["url"])
        for row in _rows(TABLES[version])
    ]


def not_tested() -> list[tuple[str, str]]:
    """Requirements that no test shows, each with the reason; as they stand, doubles included."""
    return [
        (requirement, row["reason"])
        for row in _rows(NOT_TESTED)
        for requirement in row["requirements"].split()
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
