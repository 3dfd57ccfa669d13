"""A deadline for work that does not wait, and so cannot be interrupted by the event loop.

The operating system's timer rings in the main thread, where a server process computes. It
counts the processor time of the whole process, so it rings no later than the main thread has
used up its own; whether it has is looked at each time it rings. What counts is the main
thread's processor time alone: no call is refused because the machine is busy with other things,
or other threads with new rules or with pages. What is interrupted must keep nothing: reading,
reasoning and composing do not.
"""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

_Result = TypeVar("_Result")

_AGAIN_S = 0.05
"""It rings on: it may have rung for other threads' work, and where Python calls back on its own
account, an exception is lost."""


class OutOfTime(BaseException):
    """The time is up; no ``Exception``, so that nothing on the way takes it for a bad value."""


class _Bell:
    """The one timer of a process; it rings only while it is armed.

    Attributes:
        armed: whether it is.
        thread: the main thread's identifier; None before the timer is taken.
    """

    def __init__(self) -> None:
        self.armed = False
        self.thread: int | None = None
        self._due = 0.0

    def arm(self, seconds: float) -> None:
        """Ring once the main thread, which arms it, has computed for so long."""
        self._due = time.thread_time() + seconds
        self.armed = True
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_S)

    def ring(self, number: int, frame: FrameType | None) -> None:
        """Interrupt what is being done, if its time is up; Python rings in the main thread."""
        if self.armed and time.thread_time() >= self._due:
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
        _BELL.thread = threading.get_ident()


def within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """Do some work that does not wait.

    Args:
        seconds: processor time that this thread may take for it.
        work: what is done; it is broken off anywhere.

    Raises:
        OutOfTime: it took longer.
    """
    if threading.get_ident() != _BELL.thread:
        return work()
    try:
        _BELL.arm(seconds)
        try:
            return work()
        finally:
            _BELL.disarm()
    except OutOfTime:
        # It may have rung between the end of the work and the bell's being silenced.
        _BELL.disarm()
        raise
