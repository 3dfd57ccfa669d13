"""Files of deployment name only settings, and files of the project, that exist."""

import re
from pathlib import Path

import pytest

from orbicularis.api.settings import Settings
from tests.deployment.places import COMPOSE_FILES, DOCKER, KUBERNETES, LOCKS, ROOT

DEPLOYING = [
    ROOT / "Dockerfile",
    ROOT / "SECURITY.md",
    DOCKER / "README.md",
    DOCKER / "nginx.conf",
    *COMPOSE_FILES,
    *sorted(KUBERNETES.rglob("*.yaml")),
    *sorted((DOCKER / "monitoring").rglob("*.[jmy]*")),
]
# What Kubernetes would make of a Service called orbicularis.
_NOT_OURS = {"ORBICULARIS_PORT"}


@pytest.mark.parametrize("path", DEPLOYING, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bORBICULARIS_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    known = {f"ORBICULARIS_{name.upper()}" for name in Settings.model_fields}
    assert named - known - _NOT_OURS == set()


@pytest.mark.parametrize("path", DEPLOYING, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
    assert named <= targets


def test_every_file_that_the_readme_links_exists() -> None:
    text = (DOCKER / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    assert linked
    assert [name for name in linked if not (DOCKER / name).exists()] == []


def test_the_readme_names_every_file_beside_it() -> None:
    text = (DOCKER / "README.md").read_text(encoding="utf-8")
    here = [path for path in DOCKER.iterdir() if path.name[0] not in "._" and path.suffix != ".md"]
    assert [path.name for path in here if f"`{path.name}" not in text] == []
    assert LOCKS in here
