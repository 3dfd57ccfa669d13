"""What the tests of reloading do to a folder of rules."""

from dataclasses import dataclass
from pathlib import Path

from orbicularis.knowledge.load import load

CAUSE = "causes/uraemia.yaml"
SAID = "Look for kidney failure."
NEW = "Look at the kidneys."
RIGHT, WRONG = "finding: high-creatinine\n", "finding: high-creatinin\n"


@dataclass(frozen=True)
class Folder:
    """A folder of rules."""

    path: Path

    def change(self, old: str = SAID, new: str = NEW, file: str = CAUSE) -> None:
        """Replace a text in a file, in place."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text
        (self.path / file).write_text(text.replace(old, new), encoding="utf-8")

    def rename(self) -> None:
        """Change as editors save that never leave half a file: a service may be reading."""
        text = (self.path / CAUSE).read_text(encoding="utf-8").replace(SAID, NEW)
        beside = self.path / "causes/.uraemia.yaml.new"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.path / CAUSE)

    def break_it(self) -> None:
        """Two errors, the first on line 12."""
        self.change(RIGHT, WRONG)

    def mend_it(self) -> None:
        self.change(WRONG, RIGHT)

    @property
    def revision(self) -> str:
        return load(self.path).revision
