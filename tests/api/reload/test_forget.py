"""Rules that are not served any more, or never were, do not stay in memory."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
from prometheus_client import CollectorRegistry

from orbicularis.api.metrics.reloads import ReloadMetrics
from orbicularis.api.reload import reloader
from orbicularis.api.reload.live import Live
from orbicularis.api.reload.reloader import Reloader
from orbicularis.api.serving import Serving, serving_of
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.reload.folder import Folder


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected but where the service itself asks for it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("changed", [True, False], ids=["other rules", "the same rules"])
def test_what_a_reload_leaves_over_is_freed_at_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, uncollected: None, changed: bool
) -> None:
    settings = Settings(rules=folder.path)
    made: list[weakref.ref[Engine]] = []
    steady = reloader.steady

    def noted(settings: Settings) -> Serving:
        fresh = steady(settings)
        made.append(weakref.ref(fresh.engine))
        return fresh

    monkeypatch.setattr(reloader, "steady", noted)
    live = Live(serving_of(settings))
    made.append(weakref.ref(live.serving.engine))
    if changed:
        folder.change()
    asyncio.run(Reloader(live, settings, ReloadMetrics(CollectorRegistry())).reload("test"))
    before, fresh = (one() for one in made)
    assert [before is None, fresh is None] == [changed, not changed]
    assert live.serving.engine in (before, fresh)
