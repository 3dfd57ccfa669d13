"""FHIR access: completes a call with what its prefetch lacks."""

import asyncio
import logging
from collections.abc import Callable, Container, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from orbicularis.api.fhir_access.bearer import Bearer, bearer
from orbicularis.api.fhir_access.caller import Caller
from orbicularis.api.fhir_access.failed import TOO_MANY_QUERIES, Failed
from orbicularis.api.fhir_access.lack import Lack, lacks
from orbicularis.api.fhir_access.look import Look
from orbicularis.api.fhir_access.servers import Servers
from orbicularis.api.intake import Asked
from orbicularis.api.metrics.fetches import FetchMetrics
from orbicularis.api.settings import Settings
from orbicularis.facts.call import Call, Fetched
from orbicularis.knowledge.service import Service

if TYPE_CHECKING:
    import httpx

    from orbicularis.api.fhir_access.fetcher import Fetcher, Fetchers

IN_FLIGHT = 64
"""Requests that one process has under way at most."""

_NOBODY = Caller()
_LOG = logging.getLogger("orbicularis.fhir_access")


def _plain() -> "Fetchers":
    from orbicularis.api.fhir_access.fetcher import Fetcher

    return Fetcher


class Access:
    """The way to the clients' FHIR servers; one for all calls, and it keeps nothing of any."""

    def __init__(
        self,
        settings: Settings,
        fetchers: "Callable[[], Fetchers]" = _plain,
        counts: FetchMetrics | None = None,
    ) -> None:
        """Open no connection yet.

        Args:
            settings: which servers, and how much of them.
            fetchers: gives, once something has to be fetched, what makes the fetchers of calls.
            counts: where what came of it is counted.

        Raises:
            ValueError: when a listed server could be understood in two ways.
        """
        self._settings = settings
        self._fetchers = fetchers
        self._counts = counts
        self._servers = Servers(settings.allowed_fhir_servers, loopback=settings.allows_loopback)
        self._client: httpx.AsyncClient | None = None
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        if settings.allowed_fhir_servers:
            self._connect()

    async def complete(
        self,
        asked: Asked,
        service: Service,
        templates: Mapping[str, str],
        caller: Caller = _NOBODY,
    ) -> Call:
        """Fetch what prefetch lacks, all at once and within one deadline.

        No failure of a server is an exception: it is told in ``Call.fetched``, beside what
        arrived in time. Whoever cancels this cancels every request under way.

        Args:
            asked: the request.
            service: tells in which keys an index finding may stand.
            templates: the service's FHIR queries by key, as discovery lists them.
            caller: who asks.
        """
        call = asked.call
        lacking = lacks(call, service, templates) if asked.fhir_server else []
        if not asked.fhir_server or not lacking:
            return call
        began = perf_counter()
        try:
            base = self._servers.admit(asked.fhir_server, foreign_page=caller.is_foreign_page)
            open_servers = self._settings.allows_loopback
            shown = bearer(asked.fhir_authorization, call.patient_id, open_servers=open_servers)
        except Failed as refused:
            fetched = {lack.key: _not_asked(lack, refused.words) for lack in lacking}
        else:
            fetcher = self._fetcher(shown)
            most = self._settings.fhir_max_queries
            looks = [
                Look(lack, base, call.patient_id, self._settings.fhir_max_pages)
                for lack in lacking[:most]
            ]
            await self._run(looks, fetcher)
            fetched = {look.lack.key: look.result() for look in looks} | {
                lack.key: _not_asked(lack, TOO_MANY_QUERIES) for lack in lacking[most:]
            }
        seconds = perf_counter() - began
        if self._counts is not None:
            self._counts.fetched(fetched.values(), seconds)
        _tell(fetched, templates, caller, seconds)
        return replace(call, fetched=fetched)

    async def close(self) -> None:
        """Close the connections that were kept open."""
        if self._client is not None:
            await self._client.aclose()

    def _connect(self) -> "httpx.AsyncClient":
        """Make the client when it is first needed, or at once where servers are listed.

        A service that fetches nothing need not wait for an HTTP client, nor keep one.
        """
        if self._client is None:
            from orbicularis.api.fhir_access.client import client

            self._client = client(self._settings.fhir_timeout_s, IN_FLIGHT)
        return self._client

    def _fetcher(self, shown: Bearer) -> "Fetcher":
        make = self._fetchers()
        return make(self._connect(), self._slots, shown, self._settings.fhir_max_bytes)

    async def _run(self, looks: Sequence[Look], fetcher: "Fetcher") -> None:
        """Run all look-ups; at the deadline those that are left are cancelled."""
        try:
            async with asyncio.timeout(self._settings.fhir_timeout_s), asyncio.TaskGroup() as group:
                for look in looks:
                    group.create_task(look.run(fetcher))
        except TimeoutError:
            # Each look-up knows that it was not finished.
            return


def _not_asked(lack: Lack, words: str) -> Fetched:
    return Fetched(failure=words, further=lack.further, asked=False)


def _tell(
    fetched: Mapping[str, Fetched], own: Container[str], caller: Caller, seconds: float
) -> None:
    """Log numbers, fixed words and keys of ours; no keys that a client chose, and no places."""
    fields = {
        "request_id": caller.request_id,
        "queries": sum(one.asked for one in fetched.values()),
        "pages": sum(len(one.pages) for one in fetched.values()),
        "failures": {
            key if key in own else "other": one.failure
            for key, one in fetched.items()
            if one.failure
        },
        "duration_ms": round(seconds * 1000, 2),
    }
    _LOG.info("fhir access", extra={"fields": fields})
