"""The service, and the sample patient's cards as a client has them when it sends feedback."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from orbicularis.api.app import Application, create_app
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import running
from tests.contract.refresh_samples import answer_to_sample

LONGEST = 300_000


@pytest.fixture(scope="session")
def application(engine: Engine) -> Application:
    return create_app(engine, Settings(max_body_bytes=LONGEST))


@pytest.fixture(scope="session")
def connected(application: Application) -> Iterator[httpx.Client]:
    with running(application) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.fixture
def metrics(application: Application) -> Metrics:
    """Counters that start at zero."""
    counters = Metrics()
    application.state.running = replace(application.state.running, metrics=counters)
    return counters


@pytest.fixture(scope="session")
def card(engine: Engine) -> dict[str, Any]:
    """The sample patient's card, of the rules that are served."""
    (only,) = answer_to_sample(engine)["cards"]
    return dict(only)
