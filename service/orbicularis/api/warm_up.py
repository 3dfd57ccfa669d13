"""Warming up: what a first call would pay for is paid before the server listens."""

import gc
from datetime import UTC, datetime

import msgspec

from orbicularis.api import envelope, intake
from orbicularis.api.sample import sample
from orbicularis.api.serving import Serving
from orbicularis.engine.engine import DataMissing

_NAMES = ("hypoparathyroidism.request", "nothing-recorded.request")
_SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""When the sample patient was seen; on another day her twitch would be old news."""
_TIMES = 3
"""Python runs a function faster once it has run it a few times."""


def warm_up(serving: Serving) -> None:
    """Answer the worked examples, then set all that is there aside from garbage collection.

    Rules and compiled matchers live as long as the process: looking through them again and
    again for garbage would cost each worker time, and the pages that it shares with others.
    """
    for service in serving.engine.bundle.services.values():
        for name in _NAMES * _TIMES:
            body = msgspec.json.encode(sample(name))
            asked = intake.take(envelope.split(body), service)
            try:
                answer = serving.engine.answer(service.id, asked.call, _SEEN)
            except DataMissing:
                continue
            msgspec.json.encode(answer.cards)
    gc.collect()
    gc.freeze()
