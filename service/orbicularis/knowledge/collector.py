"""Sparing the garbage collector what is read: it is much, and none of it is garbage yet."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[bool]:
    """Collect no garbage meanwhile; gives whether it was collected before, and will be again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield was_on
    finally:
        if was_on:
            gc.enable()
