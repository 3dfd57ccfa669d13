"""JSON Schema for every kind of file, generated from the types, for editors."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orbicularis.knowledge.file_kind import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, str]:
    """Return file name and text of each schema, as they are committed."""
    return {
        f"{kind.name}.schema.json": _text(_closed(kind.model.model_json_schema())) for kind in KINDS
    }


def write(folder: Path) -> list[Path]:
    """Write every schema that has changed into the folder; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def outdated(folder: Path) -> list[str]:
    """Return the names of schemas that are missing, differ, or have no type any more."""
    wanted = schemas()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(
        name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)
    )


def _closed(schema: Any) -> Any:
    """Let a mapping by pattern refuse other keys, as the types do."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if "patternProperties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed


def _text(schema: dict[str, Any]) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"
