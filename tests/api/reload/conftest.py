"""A service on a copy of the hiccups bundle that tests edit under it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.api.reload.folder import Folder
from tests.api.reload.watching import Service, watching
from tests.hiccups.call import RULES


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(copytree(RULES, tmp_path / "rules"))


@pytest.fixture
def service(folder: Folder) -> Iterator[Service]:
    with watching(folder.path) as service:
        yield service
