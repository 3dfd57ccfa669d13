from collections import Counter
from pathlib import Path

import pytest

from tests.conformance.marks import marked, marks
from tests.conformance.requirement import not_tested, requirements
from tests.conformance.table import README, rendered, shown

KNOWN = [row.id for version in ("2.0", "3.0") for row in requirements(version)]
TESTS = shown(marks())
REASONS = dict(not_tested())


def test_the_table_is_what_the_tests_say() -> None:
    assert README.read_text("utf-8") == rendered(), "run: python -m tests.conformance.table"


def test_every_requirement_has_a_test_or_a_reason() -> None:
    assert [one for one in KNOWN if one not in TESTS and one not in REASONS] == []


def test_no_requirement_has_both() -> None:
    assert sorted(TESTS.keys() & REASONS.keys()) == []


def test_tests_and_reasons_name_known_requirements() -> None:
    assert sorted((TESTS.keys() | REASONS.keys()) - set(KNOWN)) == []


def test_the_tables_are_whole() -> None:
    assert len(requirements("2.0")) == 143
    assert [one for one, times in Counter(KNOWN).items() if times > 1] == []
    assert [
        one for one, times in Counter(one for one, _ in not_tested()).items() if times > 1
    ] == []
    assert all(REASONS.values())
    assert all(row.title for version in ("2.0", "3.0") for row in requirements(version))


def test_markers_are_read_wherever_a_test_can_carry_them(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "test_some.py").write_text(
        """
import pytest

@pytest.mark.parametrize("x", [1])
@pytest.mark.requirement("a#1", "a#2")
def test_one(x): ...

class TestGroup:
    @pytest.mark.requirement("a#1")
    async def test_two(self): ...

@pytest.mark.other("a#3")
def test_three(): ...
"""
    )
    assert marks(tmp_path) == [
        ("a#1", "api/test_some.py", "test_one"),
        ("a#2", "api/test_some.py", "test_one"),
        ("a#1", "api/test_some.py", "test_two"),
    ]


def test_a_marker_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="malformed node"):
        list(marked("@pytest.mark.requirement(NAME)\ndef test_one(): ..."))
