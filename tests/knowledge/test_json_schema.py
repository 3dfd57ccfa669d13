"""The JSON Schemas that editors use: current, and of one mind with the types."""

from pathlib import Path

import jsonschema_rs
import pytest

from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.checks.schema_line import schema_line
from orbicularis.knowledge.file_kind import KINDS
from orbicularis.knowledge.json_schema import outdated, schemas, write
from orbicularis.knowledge.layout import Found, find
from tests.knowledge.builder import CAUSE, SMALL, Case, Copy
from tests.knowledge.shape_cases import CASES

COMMITTED = Path(__file__).parents[2] / "rules" / "schema"
FILES = find(SMALL)[0]
LESS_STRICT = {"K209", "K207", "K208", "K205"}
"""JSON Schema does not know pairs of keys, formats, or white space at the ends."""


def is_valid(item: Found, folder: Path) -> bool:
    source = yaml_source.read(item.file, (folder / item.file).read_bytes())
    data = jsonschema_rs.validator_for(schemas()[f"{item.kind.name}.schema.json"])
    return data.is_valid(_as_json(source.data))


def _as_json(data: object) -> object:
    """Editors see dates as text."""
    if isinstance(data, dict):
        return {key: _as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_json(value) for value in data]
    return data if isinstance(data, str | int | float | bool) else str(data)


def test_committed_schemas_are_current() -> None:
    assert outdated(COMMITTED) == [], "run: orbicularis schema rules"


@pytest.mark.parametrize("item", FILES, ids=lambda item: item.file)
def test_sound_files_are_valid(item: Found) -> None:
    assert is_valid(item, SMALL)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.code not in LESS_STRICT], ids=lambda case: case.code
)
def test_broken_files_are_not(case: Case, copy: Copy) -> None:
    copy.apply(case)
    item = next(item for item in FILES if item.file == case.file)

    assert not is_valid(item, copy.folder)


def test_writing_tells_what_changed(tmp_path: Path) -> None:
    assert len(write(tmp_path)) == len({kind.name for kind in KINDS})
    assert write(tmp_path) == []

    (tmp_path / "cause.schema.json").write_text("{}")
    (tmp_path / "of-old.schema.json").write_text("{}")
    assert outdated(tmp_path) == ["cause.schema.json", "of-old.schema.json"]
    assert [path.name for path in write(tmp_path)] == ["cause.schema.json"]


def test_the_first_line_leads_to_a_schema() -> None:
    for item in FILES:
        path = schema_line(item.kind, item.file).split("$schema=")[1]
        assert (SMALL / item.file).parent.joinpath(path).resolve().parent == SMALL / "schema"
        assert Path(path).name in schemas()
    assert any(item.file == CAUSE for item in FILES)
