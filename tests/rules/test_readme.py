"""The README's chapter for those who write rules: each of its commands does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path.cwd()
CHAPTER = re.compile(r"^## Write rules\n.*?^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROGRAM = ".venv/bin/orbicularis"
GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")


def _commands() -> list[str]:
    found = CHAPTER.search((ROOT / "README.md").read_text("utf-8"))
    assert found is not None
    lines = [line.partition("#")[0].strip() for line in found[1].splitlines()]
    assert all(line.startswith(f"{PROGRAM} ") for line in lines)
    return [line.removeprefix(PROGRAM) for line in lines]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the rules, and a saved request."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "rules", folder / "rules")
    sample = ROOT / "service/orbicularis/api/samples/hypoparathyroidism.request.json"
    shutil.copy(sample, folder / "request.json")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "rules")):
        subprocess.run([*GIT, *command], cwd=folder, check=True)
    return folder


def test_the_chapter_names_every_command_of_authors() -> None:
    named = {command.split()[0] for command in _commands()}
    assert named == {"check", "test", "mutate", "lock", "diff", "docs", "explain", "new"}


def test_each_command_runs(checkout: Path) -> None:
    for command in _commands():
        result = subprocess.run(
            [sys.executable, "-m", "orbicularis", *shlex.split(command)],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(ROOT / "service")},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert result.returncode == 0, (
            f"{command}\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}"
        )
        assert result.stdout.strip() or command.split()[0] in ("new",), command
    assert (checkout / "rules/causes/some-cause.yaml").exists()
    assert (checkout / "build/pages/index.html").exists()
