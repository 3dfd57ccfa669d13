"""Making pages waits its turn; calls and kept pages do not."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Event
from typing import Any

import httpx
import pytest

from orbicularis.api.in_turn import MOST_WAITING, InTurn
from orbicularis.api.refusal import Refusal
from orbicularis.pages.site import Site
from tests.support.patience import PATIENCE_S


def test_one_at_a_time_and_no_more_than_so_many_wait() -> None:
    turn = InTurn("test")
    go = Event()
    at_work: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        at_work.append(number)
        most.append(len(at_work))
        go.wait(PATIENCE_S)
        at_work.remove(number)
        return number

    async def all_at_once() -> list[int]:
        asked = [asyncio.create_task(turn(work, number)) for number in range(1 + MOST_WAITING)]
        for _ in range(10):
            await asyncio.sleep(0)
        try:
            with pytest.raises(Refusal) as refused:
                await turn(work, -1)
        finally:
            go.set()
        assert refused.value.status is HTTPStatus.SERVICE_UNAVAILABLE
        assert refused.value.headers == {"Retry-After": "1"}
        return await asyncio.gather(*asked)

    assert asyncio.run(all_at_once()) == list(range(1 + MOST_WAITING))
    assert max(most) == 1
    go.set()
    assert asyncio.run(_awaited(turn, work)) == 7


async def _awaited(turn: InTurn, work: Callable[[int], int]) -> int:
    return await turn(work, 7)


def test_while_a_page_is_made_calls_and_kept_pages_are_answered(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = client.get("/rules/").raise_for_status().content
    begun, go = Event(), Event()
    make = Site.page

    def slow(self: Site, *args: Any, **more: Any) -> str | None:
        begun.set()
        go.wait(PATIENCE_S)
        return make(self, *args, **more)

    monkeypatch.setattr(Site, "page", slow)
    with ThreadPoolExecutor(1) as readers:
        try:
            waiting = readers.submit(client.get, "/rules/causes/stress")
            assert begun.wait(PATIENCE_S)
            assert client.get("/rules/").content == kept
            assert client.get("/cds-services").status_code == HTTPStatus.OK
            assert client.get("/metrics").status_code == HTTPStatus.OK
        finally:
            go.set()
        assert waiting.result().status_code == HTTPStatus.OK
