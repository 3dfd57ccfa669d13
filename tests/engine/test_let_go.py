"""What is of a patient is let go with the answer, not when garbage is next collected."""

import gc
from collections.abc import Iterator
from datetime import datetime

import msgspec
import pytest

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.sample import sample
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.support.elements import RULES

ENGINE = Engine(load(RULES))
SEEN = datetime.fromisoformat("2026-11-20T12:00:00+01:00")


@pytest.fixture
def garbage() -> Iterator[list[object]]:
    """What the collector finds is kept here, and nothing is collected on the way."""
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    yield gc.garbage
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


@pytest.mark.parametrize(
    "name", ["hypoparathyroidism.request", "nothing-recorded.request", "order-sign.request"]
)
def test_nothing_of_a_call_waits_for_the_collector(name: str, garbage: list[object]) -> None:
    service = ENGINE.bundle.services["facial-twitching"]
    body = msgspec.json.encode(sample(name))

    def answer() -> bytes:
        return msgspec.json.encode(
            ENGINE.answer(service.id, take(split(body), service).call, SEEN).cards
        )

    answer()
    gc.collect()
    garbage.clear()
    assert answer()
    gc.collect()
    assert [one for one in garbage if type(one).__module__.startswith("orbicularis")] == []


def test_rules_are_let_go_with_their_engine(garbage: list[object]) -> None:
    engine = Engine(load(RULES))
    service = engine.bundle.services["facial-twitching"]
    body = msgspec.json.encode(sample("hypoparathyroidism.request"))
    engine.answer(service.id, take(split(body), service).call, SEEN)
    gc.collect()
    garbage.clear()
    del engine, service
    gc.collect()
    assert [one for one in garbage if type(one).__module__.startswith("orbicularis")] == []
