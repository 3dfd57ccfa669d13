"""The running service, what it discovers, and its answers to many patients."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live
from tests.conformance.exchange import Exchange
from tests.conformance.patients import RULES, SERVICE, request_of, vignette_files

OF_EACH_FILE = 2


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


@pytest.fixture(scope="session")
def services(client: httpx.Client) -> list[dict[str, Any]]:
    """What discovery lists."""
    services = client.get("/cds-services").json()["services"]
    assert isinstance(services, list)
    assert services
    return services


@pytest.fixture(scope="session")
def exchanges(client: httpx.Client, engine: Engine) -> list[Exchange]:
    """Calls for the first patients beside every rule, with the answers."""
    made = []
    for path, group in vignette_files().items():
        for vignette in group[:OF_EACH_FILE]:
            name = f"{path}: {vignette.name}"
            body = request_of(vignette, engine.bundle, datetime.now(UTC), name)
            made.append(Exchange(name, body, client.post(f"/cds-services/{SERVICE}", json=body)))
    return made
