"""Replay: a token opens once (CDS Hooks 2.0, Trusting CDS Clients: ``jti``).

The memory is one process's own. Several workers or replicas each accept a token once: where
that is too often, run one process, or let a gateway in front keep the nonces for all.
"""

from collections.abc import Iterable
from hashlib import blake2b

from orbicularis.api.auth.denial import Denied, Reason

CAPACITY = 200_000
"""Live tokens of one issuer: some 25 MB, and 600 calls a second with tokens of five minutes."""

_WIDTH = 10.0
"""Tokens are forgotten together that expire within the same ten seconds."""


class Replays:
    """Remembers the tokens of each issuer for as long as they live.

    What lives is never forgotten: when the memory of an issuer is full, its further tokens are
    refused until others have expired. One issuer's flood leaves the others their room.
    """

    def __init__(self, issuers: Iterable[str], capacity: int = CAPACITY) -> None:
        """Remember nothing yet."""
        self._memories = {issuer: _Memory(capacity) for issuer in issuers}

    def admit(self, issuer: str, jti: str, until: float, now: float) -> None:
        """Let a token pass for the first time; to be asked of verified tokens only.

        Args:
            issuer: a listed one.
            jti: the token's name, unique for this issuer.
            until: when the token is refused anyway, in seconds since 1970.
            now: seconds since 1970.

        Raises:
            Denied: a token of this name passed before and could still be used, or there is no
                room to remember it.
        """
        self._memories[issuer].admit(jti, until, now)


class _Memory:
    """The live tokens of one issuer, as digests: names of any length cost the same."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._live: set[bytes] = set()
        self._slots: dict[int, list[bytes]] = {}
        self._swept: int | None = None

    def admit(self, jti: str, until: float, now: float) -> None:
        self._sweep(int(now // _WIDTH))
        # A name may hold half of a surrogate pair, which JSON can write and UTF-8 cannot.
        digest = blake2b(jti.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if digest in self._live:
            raise Denied(Reason.REPLAY)
        if len(self._live) >= self._capacity:
            raise Denied(Reason.REPLAYS_FULL)
        self._live.add(digest)
        self._slots.setdefault(int(until // _WIDTH), []).append(digest)

    def _sweep(self, slot: int) -> None:
        """Forget what has expired; a slot is over when the next has begun."""
        if slot == self._swept:
            return
        self._swept = slot
        for over in [one for one in self._slots if one < slot]:
            self._live.difference_update(self._slots.pop(over))
