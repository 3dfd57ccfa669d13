"""Warming up: what a first call would pay for is paid before rules are served."""

import gc
from datetime import UTC, datetime

import msgspec

from orbicularis.api import envelope, intake
from orbicularis.api.sample import sample
from orbicularis.engine.engine import DataMissing, Engine

_NAMES = ("hypoparathyroidism.request", "nothing-recorded.request")
_SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""When the sample patient was seen; on another day her twitch would be old news."""


def rehearse(engine: Engine) -> None:
    """Answer the worked examples with rules that nobody was answered with before.

    Whatever is made on first use is made now; and rules on which the engine itself would
    fail are found out before a client does.
    """
    for service in engine.bundle.services.values():
        for name in _NAMES:
            request = sample(name)
            if request["hook"] not in intake.hooks(service):
                continue
            asked = intake.take(envelope.split(msgspec.json.encode(request)), service)
            try:
                answer = engine.answer(service.id, asked.call, _SEEN)
            except DataMissing:
                continue
            msgspec.json.encode(answer.cards)


def warm_up(engine: Engine) -> None:
    """Rehearse, then set aside what is there."""
    rehearse(engine)
    set_aside()


def set_aside() -> None:
    """Set all that is there aside from garbage collection.

    Rules and compiled matchers live as long as the process: looking through them again and
    again for garbage would cost each worker time, and the pages that it shares with others.
    What was set aside before, as most is when a process starts, is not looked through here.
    """
    gc.collect()
    gc.freeze()
