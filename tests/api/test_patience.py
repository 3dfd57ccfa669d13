"""A limit of time that costs nothing where nobody waits, and holds where somebody does."""

import asyncio

import pytest

from orbicularis.api import patience

LONG_S = 60.0
SHORT_S = 0.01


async def _at_once() -> int:
    return 7


async def _after(*seconds: float) -> int:
    for one in seconds:
        await asyncio.sleep(one)
    return 7


async def _fails(seconds: float) -> None:
    await asyncio.sleep(seconds)
    raise ValueError("ours")


def test_work_that_does_not_wait_sets_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asyncio, "timeout")
    assert asyncio.run(patience.within(LONG_S, _at_once())) == 7


@pytest.mark.parametrize("waits", [(0,), (0.001,), (0, 0.001, 0)])
def test_work_that_waits_gives_its_result(waits: tuple[float, ...]) -> None:
    assert asyncio.run(patience.within(LONG_S, _after(*waits))) == 7


@pytest.mark.parametrize("waits", [(LONG_S,), (0, LONG_S)])
def test_who_waits_too_long_is_cancelled(waits: tuple[float, ...]) -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await _after(*waits)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    with pytest.raises(TimeoutError):
        asyncio.run(patience.within(SHORT_S, work()))
    assert ended == ["cancelled"]


def test_it_may_end_well_though_it_was_cancelled_late() -> None:
    async def work() -> int:
        try:
            return await _after(LONG_S)
        except asyncio.CancelledError:
            return await _after(0)

    async def main() -> int:
        task = asyncio.ensure_future(patience.within(LONG_S, work()))
        await asyncio.sleep(0)
        task.cancel()
        return await task

    assert asyncio.run(main()) == 7


def test_the_inner_limit_is_told_from_the_outer() -> None:
    async def work() -> str:
        try:
            await patience.within(SHORT_S, _after(LONG_S))
        except TimeoutError:
            return "inner"
        return "none"

    assert asyncio.run(patience.within(LONG_S, work())) == "inner"


@pytest.mark.parametrize("wait", [0, 0.001])
def test_a_failure_passes(wait: float) -> None:
    with pytest.raises(ValueError, match="ours"):
        asyncio.run(patience.within(LONG_S, _fails(wait)))
