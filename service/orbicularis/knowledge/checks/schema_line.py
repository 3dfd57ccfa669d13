"""The first line of a file, by which editors find its JSON Schema."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import FileKind
from orbicularis.knowledge.rules import Rules

_NAMES = "# yaml-language-server: $schema="


def schemas_are_named(rules: Rules) -> Iterator[Problem]:
    """Warn of files whose first line does not name the schema of their kind."""
    for file in rules.files:
        source = file.source
        wanted = schema_line(file.kind, source.file)
        named = source.text.partition("\n")[0].rstrip()
        if not source.text or _names(named, wanted, file.kind, anywhere=bool(source.folder)):
            continue
        what = "the first line does not name the JSON Schema of this kind of file"
        yield source.problem_at("K006", 1, 1, what, f"begin the file with: {wanted}")


def _names(line: str, wanted: str, kind: FileKind, *, anywhere: bool) -> bool:
    """An overlay may lie anywhere, and so may the schemas, seen from it."""
    if anywhere:
        return line.startswith(_NAMES) and line.endswith(f"schema/{kind.name}.schema.json")
    return line.replace("$schema=./", "$schema=") == wanted


def schema_line(kind: FileKind, file: str) -> str:
    """Return the line with which a file of this kind begins at this path in the folder."""
    up = "../" * file.count("/")
    return f"{_NAMES}{up}schema/{kind.name}.schema.json"
