"""One thing that is wrong in a rules file, with where, why and how to mend it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop a bundle from being used; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """A problem found in the rules; sorts by file, line and column.

    Attributes:
        file: path of the file, relative to the bundle's folder.
        line: one-based line.
        column: one-based column.
        code: stable identifier of the kind of problem, such as ``K201``.
        what: what is wrong, in one sentence.
        why: why it matters.
        fix: what to do about it.
        text: the offending line as it stands in the file.
        severity: error or warning.
        folder: the overlay in which the file stands; empty for the bundle itself.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    why: str = field(compare=False, default="")
    fix: str = field(compare=False, default="")
    text: str = field(compare=False, default="")
    severity: Severity = field(compare=False, default=Severity.ERROR)
    folder: str = ""


class BundleError(Exception):
    """The rules cannot be used; carries every problem that was found, sorted."""

    def __init__(self, folder: str, problems: list[Problem]) -> None:
        """Keep the problems and say how many there are."""
        self.folder = folder
        self.problems = sorted(problems)
        errors = sum(p.severity is Severity.ERROR for p in problems)
        first = self.problems[0]
        super().__init__(
            f"{folder}: {errors} error(s); the first: "
            f"{first.file}:{first.line}:{first.column}: {first.what}"
        )
