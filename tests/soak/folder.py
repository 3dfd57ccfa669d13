"""The folder of rules under the service, and the edits of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load

RULES = Path(__file__).parents[2] / "rules"
FILE = "causes/hypoparathyroidism.yaml"
SAID = "reason: thyroid surgery can remove or injure the parathyroids"
NAMED, MISNAMED = "finding: past-thyroidectomy\n", "finding: past-thyroidectom\n"
EDITIONS = ("", ", edition B", ", edition C")


@dataclass
class Folder:
    """A copy of the rules, of which there are some good editions and one broken.

    Attributes:
        path: the folder.
        engines: what answers with each good edition, by its revision.
        revision: of the edition that lies in the folder, or lay there before it was broken.
        broken: whether it is broken now.
    """

    path: Path
    engines: Mapping[str, Engine]
    revision: str
    broken: bool = False
    _text: str = ""
    _revisions: tuple[str, ...] = field(default=())
    _at: int = 0

    @classmethod
    def copied(cls, place: Path) -> "Folder":
        """Copy the rules, and learn what each edition answers."""
        path = copytree(RULES, place)
        text = (path / FILE).read_text(encoding="utf-8")
        assert SAID in text
        assert NAMED in text
        engines = {}
        for edition in reversed(EDITIONS):
            (path / FILE).write_text(text.replace(SAID, SAID + edition), encoding="utf-8")
            bundle = load(path)
            engines[bundle.revision] = Engine(bundle)
        revisions = tuple(reversed(engines))
        return cls(path, engines, revisions[0], False, text, revisions)

    def next_edition(self) -> None:
        """Write the next good edition, in place or beside and over it, as editors do."""
        self._at = (self._at + 1) % len(EDITIONS)
        text = self._text.replace(SAID, SAID + EDITIONS[self._at])
        if self._at % 2:
            (self.path / FILE).write_text(text, encoding="utf-8")
        else:
            beside = self.path / "causes/.beside"
            beside.write_text(text, encoding="utf-8")
            beside.replace(self.path / FILE)
        self.revision, self.broken = self._revisions[self._at], False

    def break_it(self) -> None:
        """Name a finding that there is not."""
        text = (self.path / FILE).read_text(encoding="utf-8")
        (self.path / FILE).write_text(text.replace(NAMED, MISNAMED), encoding="utf-8")
        self.broken = True
