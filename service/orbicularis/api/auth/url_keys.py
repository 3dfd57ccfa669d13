"""Key sets behind URLs: fetched when needed, kept for a while, renewed when keys rotate."""

import asyncio
import logging
from collections.abc import Callable, Collection

from orbicularis.api.auth.fetch import Fetcher, FetchError
from orbicularis.api.auth.key import Key
from orbicularis.api.auth.key_set import KeySetError, SecretShown, read

MAX_AGE_S = 600.0
"""How long a key set is taken for current."""

STALE_S = 3600.0
"""How long beyond that its keys are still good while it cannot be fetched."""

COOL_DOWN_S = 30.0
"""A URL is asked no more often than this, whatever the reason and whatever it answered."""

_LOG = logging.getLogger("orbicularis.auth")


class UrlKeys:
    """The key set behind one URL, for one process.

    All who need it at once wait for one fetch. A failure is remembered like a success: the next
    fetch comes after the cool-down. While a fetch fails, keys known before stay good for a
    bounded time; a set that was fetched replaces all keys of the last, also when it is empty.
    """

    def __init__(
        self,
        url: str,
        accepted: Collection[str],
        fetcher: Fetcher,
        ticks: Callable[[], float],
        told: Callable[[bool], None],
    ) -> None:
        """Know the place; nothing is fetched yet.

        Args:
            url: one that the operator listed.
            accepted: names of signature algorithms.
            fetcher: does the fetching.
            ticks: seconds on a clock that is never set back.
            told: after each fetch, whether it brought keys.
        """
        self._url = url
        self._accepted = accepted
        self._fetcher = fetcher
        self._ticks = ticks
        self._told = told
        self._keys: tuple[Key, ...] = ()
        self._fetched: float | None = None
        self._tried: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    @property
    def available(self) -> bool:
        """True while keys that were fetched are good."""
        return self._within(self._fetched, MAX_AGE_S + STALE_S)

    async def keys(self) -> tuple[Key, ...]:
        """The keys, fetched when those known are no longer current."""
        if not self._within(self._fetched, MAX_AGE_S):
            await self.renew()
        return self._keys if self.available else ()

    async def renew(self) -> None:
        """Fetch, unless that was done or tried just before."""
        if self._fetching is None or self._fetching.done():
            if self._within(self._tried, COOL_DOWN_S):
                return
            self._tried = self._ticks()
            self._fetching = asyncio.create_task(self._fetch())
        # A client that goes away must not take the others' fetch with it.
        await asyncio.shield(self._fetching)

    async def close(self) -> None:
        """Stop a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _within(self, since: float | None, seconds: float) -> bool:
        return since is not None and self._ticks() - since < seconds

    async def _fetch(self) -> None:
        try:
            keys = read(await self._fetcher.get(self._url), self._accepted)
        except SecretShown as error:
            self._keep(())
            self._warn(error)
        except (FetchError, KeySetError) as error:
            self._warn(error)
        else:
            self._keep(keys)
            if keys:
                self._told(True)
            else:
                self._warn(KeySetError("has no usable key"))

    def _keep(self, keys: tuple[Key, ...]) -> None:
        self._keys = keys
        self._fetched = self._ticks()

    def _warn(self, error: Exception) -> None:
        self._told(False)
        fields = {"url": self._url.partition("?")[0], "problem": str(error)}
        _LOG.warning("key set", extra={"fields": fields})
