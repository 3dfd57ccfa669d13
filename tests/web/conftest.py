"""A running service whose public base URL has a path of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live

BASE = "https://cds.example.org/twitching"


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load(Path("rules")), BASE)


@pytest.fixture(scope="session")
def base_url(engine: Engine) -> Iterator[str]:
    with live(engine, Settings(base_url=BASE)) as url:
        yield url


@pytest.fixture(scope="session")
def client(base_url: str) -> Iterator[httpx.Client]:
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    with httpx.Client(base_url=base_url, headers=accept, follow_redirects=False) as client:
        yield client
