"""The first line of a file, by which editors find its JSON Schema."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import FileKind
from orbicularis.knowledge.rules import Rules


def schemas_are_named(rules: Rules) -> Iterator[Problem]:
    """Warn of files whose first line does not name the schema of their kind."""
    for file in rules.files:
        text = file.source.text
        wanted = schema_line(file.kind, file.source.file)
        named = text.partition("\n")[0].replace("$schema=./", "$schema=").rstrip()
        if text and named != wanted:
            what = "the first line does not name the JSON Schema of this kind of file"
            yield file.source.problem_at("K006", 1, 1, what, f"begin the file with: {wanted}")


def schema_line(kind: FileKind, file: str) -> str:
    """Return the line with which a file of this kind begins at this path in the folder."""
    up = "../" * file.count("/")
    return f"# yaml-language-server: $schema={up}schema/{kind.name}.schema.json"
