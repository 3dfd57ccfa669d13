"""Notices that something has changed in the folders of the rules."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from watchfiles import awatch

from orbicularis.api.reload.fingerprint import Fingerprint, fingerprint

QUIET_MS = 200
"""An editor's or a checkout's files come in one burst; it is over when it is quiet this long."""

LONGEST_BURST_MS = 3000
LOOK_AGAIN_MS = 2000
"""How often is looked where the operating system tells nothing: a link to the folder itself
that leads elsewhere now, a file system on the network."""


async def changes(folders: Sequence[Path], seen: Fingerprint | None = None) -> AsyncIterator[None]:
    """Yield whenever something may have changed, once it is quiet again.

    Args:
        folders: what is watched.
        seen: how they looked when they were read; what has changed since then counts, too.
            None: as they look now.
    """
    if seen is None:
        seen = await asyncio.to_thread(fingerprint, folders)
    while True:
        real = _real(folders)
        try:
            async for events in awatch(
                *real,
                debounce=LONGEST_BURST_MS,
                step=QUIET_MS,
                rust_timeout=LOOK_AGAIN_MS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                now = await asyncio.to_thread(fingerprint, folders)
                if events or now != seen:
                    seen = now
                    yield
                if _real(folders) != real:
                    break  # the folder is another one now: watch that
        except FileNotFoundError:
            await asyncio.sleep(LOOK_AGAIN_MS / 1000)


def _real(folders: Sequence[Path]) -> list[Path]:
    return [folder.resolve() for folder in folders]
