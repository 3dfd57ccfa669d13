"""The running service, as a client finds it."""

from collections.abc import Iterator

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live
from tests.conformance.patients import RULES


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load(RULES))


@pytest.fixture(scope="session")
def base_url(engine: Engine) -> Iterator[str]:
    with live(engine, Settings()) as url:
        yield url


@pytest.fixture(scope="session")
def client(base_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base_url, follow_redirects=False) as client:
        yield client
