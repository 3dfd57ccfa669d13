"""A git repository with a copy of the small bundle in it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.knowledge.builder import Copy

_WHO = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Repository:
    """The repository, and the rules in its folder ``rules``."""

    folder: Path
    rules: Copy

    @classmethod
    def made(cls, folder: Path) -> "Repository":
        folder.mkdir()
        repository = cls(folder, Copy.of_small(folder))
        (folder / "README.md").write_text("rules\n", encoding="utf-8")
        repository.git("init", "--quiet", "--initial-branch=main")
        return repository

    def commit(self, message: str, only: str = ".") -> None:
        self.git("add", only)
        self.git("commit", "--quiet", "--message", message)

    def git(self, *arguments: str) -> None:
        command = ["git", "-C", str(self.folder), *arguments]
        subprocess.run(command, check=True, env=os.environ | _WHO)
