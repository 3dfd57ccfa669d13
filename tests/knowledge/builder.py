"""Copies of a small, sound bundle that tests break in one place each."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

SMALL = Path(__file__).parent / "small"

CAUSE = "causes/hypocalcaemia.yaml"
PLAIN = "causes/plain-cramp.yaml"
TEST = "causes/hypocalcaemia.test.yaml"
ADULT = "findings/adult.yaml"
CRAMP = "findings/cramp.yaml"
LONG = "findings/long-cramp.yaml"
LOW = "findings/low-calcium.yaml"
TETANY = "findings/tetany.yaml"
TETANY_BY = "- condition:\n      codes: [tetany]\n      when: now"
FLAG = "red-flags/tetany-now.yaml"
FLAG_TEST = "red-flags/tetany-now.test.yaml"
ORDER = "orders/calcium.yaml"
CALCIUM = "measurements/calcium.yaml"
CORRECTED = "measurements/calcium-corrected.yaml"
SERVICE = "services/cramps.yaml"
SIGNS = "terminology/signs.yaml"
LABORATORY = "terminology/laboratory.yaml"
SYSTEMS = "terminology/systems.yaml"
LANGUAGE = "language.yaml"
WELL = "well/nobody.yaml"


class Case(NamedTuple):
    """In ``file``, ``old`` is replaced by ``new``; then ``code`` is told where ``^`` stands.

    When the problem is told in another place, ``there`` names its file and a text in it that
    holds the ``^``.
    """

    code: str
    file: str
    old: str
    new: str
    there: tuple[str, str] | None = None


@dataclass(frozen=True)
class Copy:
    """A copy of the small bundle."""

    folder: Path

    @classmethod
    def of_small(cls, parent: Path) -> "Copy":
        return cls(copytree(SMALL, parent / "rules"))

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in the file."""
        text = self.text(file)
        assert text.count(old) == 1, f"{file} has {text.count(old)} times: {old}"
        self.write(file, text.replace(old, new))

    def place(self, file: str, marked: str) -> tuple[int, int]:
        """Return line and column of the ``^`` in a text that, without it, stands once."""
        text, marker = self.text(file), marked.replace("^", "")
        assert text.count(marker) == 1, f"{file} has {text.count(marker)} times: {marker}"
        before = text[: text.index(marker) + marked.index("^")]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def apply(self, case: Case) -> tuple[str, int, int, str]:
        """Make the case's change; return file, line, column and code that must be told."""
        self.change(case.file, case.old, case.new.replace("^", ""))
        file, marked = case.there or (case.file, case.new)
        return (file, *self.place(file, marked), case.code)
