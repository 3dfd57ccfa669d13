"""A fresh copy of the small bundle for each test, alone or in a git repository."""

from pathlib import Path

import pytest

from tests.authoring.repository import Repository
from tests.knowledge.builder import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy.of_small(tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.made(tmp_path / "repository")
