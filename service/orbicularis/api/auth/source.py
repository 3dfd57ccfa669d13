"""Sources of keys: what a file and a URL have in common."""

from typing import Protocol

from orbicularis.api.auth.key import Key


class Source(Protocol):
    """One key set, wherever it stands."""

    @property
    def available(self) -> bool:
        """True when its keys are known, also when there are none."""

    async def keys(self) -> tuple[Key, ...]:
        """The keys as they are known; fetched when that was too long ago."""

    async def renew(self) -> None:
        """Read them anew where that can help, because a token names a key that is not known."""

    async def close(self) -> None:
        """Stop what is under way."""
