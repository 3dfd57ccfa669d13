"""What is counted of requests that wait for their turn."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from orbicularis.api.admission import Admission
from orbicularis.api.limit_settings import LimitSettings
from orbicularis.api.metrics.metrics import Metrics
from tests.api.metrics.counted import Series, counted

QUEUED = Series("orbicularis_requests_queued", ())
SHED = Series("orbicularis_requests_shed_total", ())
POST: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}


@pytest.mark.parametrize("ending", ["turn", "patience", "cancelled"])
def test_who_waits_is_counted_until_the_waiting_ends(ending: str) -> None:
    metrics = Metrics()

    async def tried() -> None:
        let_go, entered = asyncio.Event(), asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            entered.set()
            await let_go.wait()

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(message: Message) -> None:
            """Nobody reads it."""

        limits = LimitSettings(
            max_concurrent=1, queue_timeout_s=0.01 if ending == "patience" else 60
        )
        calls = metrics.calls
        admission = Admission(slow, limits, calls.turned_away, calls.queued)
        first = asyncio.create_task(admission(dict(POST), receive, send))
        await entered.wait()
        second = asyncio.create_task(admission(dict(POST), receive, send))
        await asyncio.sleep(0)
        assert counted(metrics)[QUEUED] == 1
        if ending == "cancelled":
            second.cancel()
        elif ending == "turn":
            let_go.set()
        await asyncio.gather(second, return_exceptions=True)
        assert QUEUED not in counted(metrics)
        let_go.set()
        await first

    asyncio.run(tried())
    assert counted(metrics).get(SHED, 0) == (ending == "patience")
