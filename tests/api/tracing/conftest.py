"""A collector, and an environment that names it."""

import os
from collections.abc import Iterator

import pytest

from orbicularis.api.tracing.wanted import ENDPOINT
from tests.api.tracing.collector import Collected, collector


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any variable of OpenTelemetry's."""
    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)
    return monkeypatch


@pytest.fixture
def collected(plain: pytest.MonkeyPatch) -> Iterator[Collected]:
    with collector() as collected:
        plain.setenv(ENDPOINT, collected.endpoint)
        yield collected
