"""Writes the table of requirements with their tests: ``python -m tests.conformance.table``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from tests.conformance.marks import Shown, marks
from tests.conformance.requirement import Requirement, not_tested, requirements

README = Path(__file__).parent / "README.md"

_HEAD = """\
# CDS Hooks, requirement by requirement

Written by `python -m tests.conformance.table` from the tables in [`data/`](data) and from the
markers of the tests, `@pytest.mark.requirement("cds-hooks_2.0#54")`; do not edit. A requirement
is shown by tests, or has a reason why no test can show it. Tests hold this table to that.
"""

_OF_2 = """\
The 143 requirements that CDS Hooks 2.0 and its hook library put on a service.

Ids and wording are those of two lists of requirements, `cds-hooks_2.0` and
`cds-hooks-library_1.0.1`, as they are used to test servers; they stand in
[`data/cds-hooks-2.0.csv`](data/cds-hooks-2.0.csv) beside a few words of ours, which stand here.
They quote the CDS Hooks specification, the copyright of HL7
International and Boston Children's Hospital, which by its own words is licensed under
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); its repository carries the Apache
License 2.0 and declares the implementation guide CC0-1.0.
"""

_OF_3 = """\
What [3.0](https://build.fhir.org/ig/HL7/cds-hooks/) adds for a service or says more strictly, and
what the list above leaves out. Ids and words are ours, in
[`data/cds-hooks-3.0.csv`](data/cds-hooks-3.0.csv). 3.0 is not published yet: read in its source of
June 2026 (HL7/cds-hooks fb10ca7).
"""


def rendered() -> str:
    """The table as it stands in the file."""
    tests = shown(marks())
    reasons = dict(not_tested())
    return "\n".join(
        [
            _HEAD,
            "## CDS Hooks 2.0",
            "",
            _OF_2,
            *_table(requirements("2.0"), tests, reasons),
            "",
            "## CDS Hooks 3.0",
            "",
            _OF_3,
            *_table(requirements("3.0"), tests, reasons),
            "",
        ]
    )


def shown(marks: Iterable[Shown]) -> dict[str, list[Shown]]:
    """The tests by the requirement that they show, each test once."""
    tests: dict[str, list[Shown]] = defaultdict(list)
    for mark in dict.fromkeys(marks):
        tests[mark.requirement].append(mark)
    return dict(tests)


def _table(
    rows: Iterable[Requirement], tests: dict[str, list[Shown]], reasons: dict[str, str]
) -> Iterator[str]:
    rows = list(rows)
    tested = sum(row.id in tests for row in rows)
    yield f"Shown by tests: {tested} of {len(rows)}; for the others a reason is given."
    yield ""
    yield "| id | level | requirement | shown by |"
    yield "| --- | --- | --- | --- |"
    for row in rows:
        found = [_link(mark) for mark in tests.get(row.id, ())]
        why = f"no test: {reasons[row.id]}" if row.id in reasons else "**nothing**"
        cells = (f"[{row.id}]({row.url})", row.level, row.title, "<br>".join(found) or why)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _link(mark: Shown) -> str:
    here = PurePosixPath("conformance")
    path = PurePosixPath(mark.path)
    address = path.name if path.parent == here else f"../{path}"
    return f"[{mark.test.removeprefix('test_').replace('_', ' ')}]({address})"


if __name__ == "__main__":
    README.write_text(rendered(), encoding="utf-8")
