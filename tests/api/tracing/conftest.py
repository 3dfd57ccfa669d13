"""A collector, and an environment that names it."""

import os
from collections.abc import Iterator

import pytest

from orbicularis.api.tracing import tracing
from orbicularis.api.tracing.wanted import ENDPOINT
from tests.api.tracing.collector import Collected, collector
from tests.support.patience import PATIENCE_S


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
        # What was collected is all sent, however long that takes on a busy machine.
        plain.setattr(tracing, "_LAST_WORDS_S", PATIENCE_S)
        yield collected
