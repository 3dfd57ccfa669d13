"""The key ring: every listed issuer with the sources of its keys, and of its keys alone."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from orbicularis.api.auth.denial import Denied, Reason
from orbicularis.api.auth.fetch import Fetcher
from orbicularis.api.auth.file_keys import FileKeys
from orbicularis.api.auth.key import Key
from orbicularis.api.auth.key_set import select
from orbicularis.api.auth.place import Place, places, positions
from orbicularis.api.auth.source import Source
from orbicularis.api.auth.token import Token
from orbicularis.api.auth.url_keys import UrlKeys
from orbicularis.api.settings import Settings


class KeyRing:
    """Finds the keys that a token may have been signed with.

    Attributes:
        fetched: positions in the setting of the key sets behind URLs.
    """

    def __init__(
        self, settings: Settings, ticks: Callable[[], float], told: Callable[[int, bool], None]
    ) -> None:
        """Read the files, once; URLs are asked when needed.

        Args:
            settings: who is trusted.
            ticks: seconds on a clock that is never set back.
            told: after each fetch, the key set's position in the setting and whether it
                brought keys.

        Raises:
            ValueError: ``ORBICULARIS_JWT_JWKS`` cannot be used; in words for the operator.
        """
        self._fetcher = Fetcher()
        accepted = frozenset(algorithm.value for algorithm in settings.jwt_algorithms)
        by_issuer, position = places(settings), positions(settings)
        # One source for one place, also where it is written to several issuers.
        sources: dict[Place, Source] = {
            place: (
                FileKeys(place, accepted)
                if isinstance(place, Path)
                else UrlKeys(place, accepted, self._fetcher, ticks, partial(told, position[place]))
            )
            for theirs in by_issuer.values()
            for place in theirs
        }
        self._sources = tuple(sources.values())
        self.fetched = tuple(position[place] for place in sources if not isinstance(place, Path))
        self._by_issuer: Mapping[str, Mapping[Place, Source]] = {
            issuer: {place: sources[place] for place in theirs}
            for issuer, theirs in by_issuer.items()
        }

    @property
    def issuers(self) -> tuple[str, ...]:
        """Values of ``iss`` that are trusted."""
        return tuple(self._by_issuer)

    async def find(self, issuer: str, token: Token) -> tuple[Key, ...]:
        """The keys of the issuer that fit the token's ``alg`` and ``kid``; never none.

        A ``jku`` chooses among the issuer's listed URLs. One that is not listed is never
        fetched, and its token refused, also where files hold the issuer's keys: who points to
        another key set than the operator agreed to is not who the operator knows.

        Raises:
            Denied: the ``jku`` is not listed for the issuer, no key fits, or the keys are not
                to be had.
        """
        sources = self._meant(issuer, token.jku)
        keys = await self._select(sources, token)
        if not keys:
            # The client may have begun to sign with a new key.
            await asyncio.gather(*(source.renew() for source in sources))
            keys = await self._select(sources, token)
        if keys:
            return keys
        available = all(source.available for source in sources)
        raise Denied(Reason.UNKNOWN_KEY if available else Reason.KEYS_UNAVAILABLE)

    async def warm(self) -> None:
        """Fetch every key set ahead of the first call; what fails is tried again then."""
        await asyncio.gather(*(source.keys() for source in self._sources))

    async def close(self) -> None:
        """Stop what is under way."""
        await asyncio.gather(*(source.close() for source in self._sources))
        await self._fetcher.close()

    def _meant(self, issuer: str, jku: str | None) -> tuple[Source, ...]:
        sources = self._by_issuer[issuer]
        if jku is None:
            return tuple(sources.values())
        if jku not in sources:
            raise Denied(Reason.JKU)
        return (sources[jku],)

    async def _select(self, sources: tuple[Source, ...], token: Token) -> tuple[Key, ...]:
        sets = await asyncio.gather(*(source.keys() for source in sources))
        return select((key for keys in sets for key in keys), token.algorithm, token.kid)
