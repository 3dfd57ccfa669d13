"""A fresh copy of the small bundle for each test."""

from pathlib import Path

import pytest

from tests.knowledge.builder import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy.of_small(tmp_path)
