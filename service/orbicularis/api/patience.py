"""Patience: how long work may take that may have to wait.

Most calls come whole and ask nobody anything, so they never wait. A clock for each of them would
cost as much as taking it in; it is set when there is something to wait for.
"""

import asyncio
from collections.abc import Awaitable, Coroutine, Generator
from typing import Any, Generic, TypeVar

_Result = TypeVar("_Result")


async def within(seconds: float, work: Coroutine[Any, Any, _Result]) -> _Result:
    """Do the work, and wait so many seconds at most.

    Raises:
        TimeoutError: it took longer; the work was cancelled.
    """
    try:
        awaited = work.send(None)
    except StopIteration as done:
        result: _Result = done.value
        return result
    async with asyncio.timeout(seconds):
        return await _Begun(work, awaited)


class _Begun(Awaitable[_Result], Generic[_Result]):
    """Work that has come to where it waits for something."""

    def __init__(self, work: Coroutine[Any, Any, _Result], awaited: Any) -> None:
        self._work = work
        self._awaited = awaited

    def __await__(self) -> Generator[Any, None, _Result]:
        """Hand what it waits for to the event loop, and what comes of that to the work."""
        awaited = self._awaited
        try:
            while True:
                try:
                    yield awaited
                except BaseException as thrown:
                    awaited = self._work.throw(thrown)
                else:
                    awaited = self._work.send(None)
        except StopIteration as done:
            result: _Result = done.value
            return result
