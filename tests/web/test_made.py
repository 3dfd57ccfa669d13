"""What readers are shown is made once of the rules that are served, and gone with them."""

import gc
import weakref
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import anyio
import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from orbicularis.web.made import made_of
from tests.api.live import running

SMALL = Path("tests/knowledge/small")
REQUEST: dict[str, Any] = {
    "hook": "patient-view",
    "hookInstance": "1",
    "context": {"userId": "Practitioner/1", "patientId": "1"},
    "prefetch": {},
}


@pytest.fixture
def serving() -> Serving:
    return Serving(Engine(load(SMALL)))


def test_rules_that_are_served_no_more_are_gone_although_somebody_read_them() -> None:
    engine = Engine(load(SMALL))
    seen = weakref.ref(engine)
    app = create_app(engine, Settings())
    del engine
    with running(app) as url, httpx.Client(base_url=url) as client:
        for path in ("/", "/workbench/samples", "/rules/", "/source-attributes"):
            assert client.get(path, headers={"Accept": "text/html"}).status_code == 200
        assert client.post("/workbench/look", json=REQUEST).status_code in (200, 412)
        gc.collect()
        assert seen() is not None
        app.state.running.live.swap(Serving(Engine(load(SMALL))))
        # Nobody reads the new ones; that the service answers shows that it is done with the old.
        assert client.get("/healthz").status_code == 200
        gc.collect()
        assert seen() is None


def test_all_who_ask_at_once_are_given_the_same(serving: Serving) -> None:
    class Made:
        def __init__(self, engine: Engine, settings: Settings) -> None:
            assert current_thread() is not main_thread()
            self.engine = engine
            made.append(self)

    made: list[Made] = []
    found: list[Made] = []

    async def ask() -> None:
        found.append(await made_of(serving, Settings(), Made))

    async def all_ask() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(ask)
        await ask()

    anyio.run(all_ask)
    assert len(found) == 6
    assert len(made) == 1
    assert len(set(map(id, found))) == 1
    assert found[0].engine is serving.engine


def test_other_rules_and_other_makers_have_something_of_their_own(serving: Serving) -> None:
    def first(engine: Engine, settings: Settings) -> list[str]:
        return ["first"]

    def second(engine: Engine, settings: Settings) -> list[str]:
        return ["second"]

    async def asked() -> None:
        one = await made_of(serving, Settings(), first)
        assert await made_of(serving, Settings(), second) == ["second"]
        other = await made_of(Serving(serving.engine), Settings(), first)
        assert one == other
        assert one is not other

    anyio.run(asked)
