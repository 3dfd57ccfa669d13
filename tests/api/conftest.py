"""What the tests of the HTTP face share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbicularis.api.sample import sample
from orbicularis.api.settings import Settings
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load(Path("rules")))


@pytest.fixture(scope="session")
def base_url(engine: Engine) -> Iterator[str]:
    with live(engine, Settings(max_body_bytes=100_000)) as url:
        yield url


@pytest.fixture(scope="session")
def client(base_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base_url, follow_redirects=False) as client:
        yield client


@pytest.fixture
def request_body() -> dict[str, Any]:
    """The sample patient, seen a few hours ago."""
    return shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))
