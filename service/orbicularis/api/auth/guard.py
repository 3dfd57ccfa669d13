"""The guard: lets a request in, or says no without saying why."""

import logging
import time
from collections.abc import Callable

from starlette.requests import Request

from orbicularis.api import refusals
from orbicularis.api.auth.audience import called, is_for
from orbicularis.api.auth.bearer import bearer
from orbicularis.api.auth.claims import Terms, expiry, jti
from orbicularis.api.auth.client import Client
from orbicularis.api.auth.denial import OURS, Denied, Reason
from orbicularis.api.auth.key_ring import KeyRing
from orbicularis.api.auth.replay import Replays
from orbicularis.api.auth.signature import is_signed
from orbicularis.api.auth.token import Token, parse
from orbicularis.api.metrics.doors import DoorMetrics
from orbicularis.api.settings import Settings

_LOG = logging.getLogger("orbicularis.auth")


class Guard:
    """Authenticates clients by JWT (CDS Hooks 2.0, Trusting CDS Clients).

    Where no issuer is listed, it lets nobody in.

    Every refusal of a token reads the same: 401, also where the issuer's keys could not be
    fetched. A 503 would tell a stranger that the issuer is listed and its keys are out of
    reach, and a client can do no more about the one than about the other; the operator reads
    the reason in the log, at level warning.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
        counts: DoorMetrics | None = None,
    ) -> None:
        """Check the settings and read the files of key sets.

        Args:
            settings: who is trusted, and how far.
            clock: seconds since 1970, to judge tokens by.
            ticks: seconds on a clock that is never set back, to judge the age of keys by.
            counts: where who is not let in is counted.

        Raises:
            ValueError: ``ORBICULARIS_JWT_JWKS`` cannot be used; in words for the operator.
        """
        self._clock = clock
        self._base_url = settings.base_url or ""
        self._algorithms = frozenset(algorithm.value for algorithm in settings.jwt_algorithms)
        self._terms = Terms(settings.jwt_leeway_s, settings.jwt_max_lifetime_s)
        self._counts = counts
        self._ring = KeyRing(settings, ticks, self._fetched)
        if counts is not None:
            counts.expect(self._ring.fetched)
        if not self._ring.issuers:
            _LOG.warning("nobody is admitted: ORBICULARIS_JWT_ISSUERS is empty")
        self._replays = Replays(self._ring.issuers)

    async def warm(self) -> None:
        """Fetch key sets ahead of the first call. Never fails: who is down may come back."""
        await self._ring.warm()

    async def close(self) -> None:
        """Stop what is under way."""
        await self._ring.close()

    async def admit(self, request: Request) -> Client:
        """Find out who calls.

        Raises:
            Refusal: 401, the same for every token that is not accepted.
        """
        issuer: str | None = None
        try:
            token = parse(bearer(request.headers))
            issuer = self._issuer(token)
            await self._check(token, issuer, called(request))
        except Denied as denied:
            _tell(denied.reason, issuer, request)
            if self._counts is not None:
                self._counts.denied(denied.reason.value)
            if denied.reason is Reason.NO_CREDENTIALS:
                raise refusals.no_token() from None
            raise refusals.bad_token() from None
        return Client(issuer)

    def _fetched(self, key_set: int, usable: bool) -> None:
        if self._counts is not None:
            self._counts.fetched(key_set, usable=usable)

    def _issuer(self, token: Token) -> str:
        claimed = token.claims.get("iss")
        for issuer in self._ring.issuers:
            if claimed == issuer:
                return issuer
        raise Denied(Reason.ISSUER)

    async def _check(self, token: Token, issuer: str, path: str) -> None:
        """All that costs nothing first, so that few tokens get as far as a fetch."""
        if token.algorithm not in self._algorithms:
            raise Denied(Reason.ALGORITHM)
        if not is_for(token.claims.get("aud"), self._base_url, path):
            raise Denied(Reason.AUDIENCE)
        until = expiry(token.claims, self._clock(), self._terms)
        name = jti(token.claims)
        keys = await self._ring.find(issuer, token)
        if not any(is_signed(token, key) for key in keys):
            raise Denied(Reason.SIGNATURE)
        self._replays.admit(issuer, name, until, self._clock())


def _tell(reason: Reason, issuer: str | None, request: Request) -> None:
    """Log a refusal: a fixed word, and an issuer only where it is a listed one."""
    fields = {
        "request_id": getattr(request.state, "request_id", None),
        "reason": reason.value,
        "issuer": issuer,
    }
    level = logging.WARNING if reason in OURS else logging.INFO
    _LOG.log(level, "not admitted", extra={"fields": fields})
