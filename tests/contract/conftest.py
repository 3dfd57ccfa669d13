"""The service that is held against its document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load(Path("rules")))


@pytest.fixture(scope="session")
def base_url(engine: Engine) -> Iterator[str]:
    with live(engine, Settings()) as url:
        yield url
