"""A deadline for work that does not wait, and so cannot be interrupted by the event loop.

The operating system's timer rings in the main thread, where a server process computes. It
counts processor time: on a machine that is busy with other things no call is refused for it.
What is interrupted must keep nothing: reading, reasoning and composing do not.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

_Result = TypeVar("_Result")

_AGAIN_S = 0.05
"""It rings on: where Python calls back on its own account, an exception is lost."""


class OutOfTime(BaseException):
    """The time is up; no ``Exception``, so that nothing on the way takes it for a bad value."""


class _Bell:
    """The one timer of a process; it rings only while it is armed."""

    def __init__(self) -> None:
        self.armed = False

    def ring(self, number: int, frame: FrameType | None) -> None:
        """Interrupt what is being done."""
        if self.armed:
            raise OutOfTime

    def disarm(self) -> None:
        """Be silent from here on."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.armed = False


_BELL = _Bell()


def install() -> None:
    """Take the timer of this process; elsewhere than in its main thread nothing is bounded."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPROF, _BELL.ring)


def within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """Do some work that does not wait.

    Args:
        seconds: processor time that the process may take for it.
        work: what is done; it is broken off anywhere.

    Raises:
        OutOfTime: it took longer.
    """
    if signal.getsignal(signal.SIGPROF) != _BELL.ring or (
        threading.current_thread() is not threading.main_thread()
    ):
        return work()
    try:
        _BELL.armed = True
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_S)
        try:
            return work()
        finally:
            _BELL.disarm()
    except OutOfTime:
        # It may have rung between the end of the work and the bell's being silenced.
        _BELL.disarm()
        raise
