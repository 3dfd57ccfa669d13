"""Work for readers, in a thread and one piece at a time, so that calls go first.

Threads share one interpreter: of forty that make pages at once, each takes its turn before a
call has its next. One does no harm.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from orbicularis.api import refusals

_Result = TypeVar("_Result")

MOST_WAITING = 32
"""Pieces that wait for their turn; a page takes some tenths of a second at most."""


class InTurn:
    """One line of work; each event loop, which is each process, has its own."""

    def __init__(self, name: str) -> None:
        """Begin with nobody waiting."""
        self._limiter: RunVar[CapacityLimiter] = RunVar(name)

    async def __call__(self, work: Callable[..., _Result], *args: object) -> _Result:
        """Do it in a thread when its turn comes.

        Raises:
            Refusal: 503 when too many wait already.
        """
        limiter = self._limiter.get(None) or CapacityLimiter(1)
        self._limiter.set(limiter)
        if limiter.statistics().tasks_waiting >= MOST_WAITING:
            raise refusals.busy()
        return await to_thread.run_sync(work, *args, limiter=limiter)


page_in_turn = InTurn("pages")
"""Making pages for readers."""
metrics_in_turn = InTurn("metrics")
"""Writing down what was counted: an operator wants to see it while readers wait for pages."""
