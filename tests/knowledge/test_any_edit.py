"""Whatever is done to a line, checking ends with problems and never with an exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from orbicularis.knowledge.layout import find
from orbicularis.knowledge.load import inspect
from tests.knowledge.builder import SMALL, Copy

LINES = [
    (item.file, number)
    for item in find(SMALL)[0]
    for number, line in enumerate((SMALL / item.file).read_text(encoding="utf-8").splitlines())
    if not line.startswith("#")
]
VALUES = st.sampled_from(
    ["", "5", "-1.5", "true", "[]", "{}", "[1, a]", "{a: 1}", "a", "'{'", "~", "2026-02-03", '"|"']
)


def edited(line: str, value: str | None) -> str:
    """Put a value after the line's key, or take the line away."""
    if value is None:
        return ""
    key, colon, _ = line.partition(":")
    return f"{key}{colon} {value}\n" if colon else f"{line}{value}\n"


@settings(max_examples=150, deadline=None)
@given(place=st.sampled_from(LINES), value=st.none() | VALUES)
def test_checking_survives_any_edit(place: tuple[str, int], value: str | None) -> None:
    file, number = place
    with TemporaryDirectory() as parent:
        copy = Copy.of_small(Path(parent))
        lines = copy.text(file).splitlines(keepends=True)
        lines[number] = edited(lines[number].rstrip("\n"), value)
        copy.write(file, "".join(lines))

        bundle, problems = inspect(copy.folder)

    assert problems == sorted(problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    if file in {problem.file for problem in problems if problem.severity == "error"}:
        assert bundle is None
