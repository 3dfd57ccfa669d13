"""Sparing the garbage collector what lives as long as the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from orbicularis.knowledge.collector import paused


@contextmanager
def lasting() -> Iterator[None]:
    """Collect no garbage while something is made that lasts, and set it aside afterwards.

    Modules and rules are a hundred thousand objects, of which hardly any is garbage: to look
    through them again and again while they are made takes longer than many of them take to
    make. The little garbage there is stays.
    """
    with paused() as was_on:
        try:
            yield
        finally:
            if was_on:
                gc.freeze()
