"""What one more irrelevant resource costs, by what it costs to parse it."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from statistics import median

import orjson

from orbicularis.api import envelope, intake
from orbicularis.engine.engine import Engine
from tests.bench import charts
from tests.bench.encoding import encode

_FEW, _MANY = 1_000, 3_000


def cost(engine: Engine, rounds: int, *, unseen: bool = False) -> float:
    """Processor time of a further irrelevant resource by that of its ``orjson.loads``.

    Both are slopes between two sizes of chart, so that what a call costs anyway falls out.

    Args:
        engine: what answers.
        rounds: how often it is measured.
        unseen: True for codes each of which the engine sees for the first time.
    """
    service = engine.bundle.services["facial-twitching"]
    series = (f"S{number}" if unseen else "" for number in count())

    def answer(body: bytes) -> None:
        asked = intake.take(envelope.split(body), service)
        encode(engine.answer(service.id, asked.call, datetime.now(UTC)).cards)

    def slope(do: Callable[[bytes], object]) -> float:
        return _seconds(do, _MANY, series) - _seconds(do, _FEW, series)

    gc.collect()
    return median(slope(answer) / slope(orjson.loads) for _ in range(rounds))


def _seconds(do: Callable[[bytes], object], size: int, series: Iterator[str]) -> float:
    """The least of a few: what is more was the machine's doing."""
    return min(_once(do, charts.irrelevant(size, next(series))) for _ in range(10))


def _once(do: Callable[[bytes], object], body: bytes) -> float:
    began = time.process_time()
    do(body)
    return time.process_time() - began
