"""The requests of one call: with its token, and within its number of bytes."""

from asyncio import Semaphore
from collections.abc import Callable
from http import HTTPStatus

import httpx

from orbicularis.api.fhir_access import failed
from orbicularis.api.fhir_access.bearer import Bearer
from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.place import Place


class Purse:
    """How many bytes may still be kept.

    Attributes:
        left: that many.
    """

    def __init__(self, left: int) -> None:
        """Start full."""
        self.left = left


class Fetcher:
    """Gets pages; what it is given to get lies on the allowed server.

    Bytes are counted by purse: what may hold the presenting finding has one of its own, so
    that nothing else, however long, costs the whole answer.
    """

    def __init__(
        self, client: httpx.AsyncClient, slots: Semaphore, bearer: Bearer, most_bytes: int
    ) -> None:
        """Keep what every request needs.

        Args:
            client: shared by all calls.
            slots: bounds how many requests of all calls are under way.
            bearer: of this call.
            most_bytes: that may be kept of this call, in both purses together.
        """
        self._client = client
        self._slots = slots
        self._bearer = bearer
        self._vital = Purse(most_bytes // 2)
        self._other = Purse(most_bytes - most_bytes // 2)

    async def get(self, place: Place, *, vital: bool) -> bytes:
        """Get one page.

        Args:
            place: where it is.
            vital: True where an index finding may stand in it.

        Raises:
            Failed: when nothing usable comes.
        """
        try:
            async with (
                self._slots,
                self._client.stream("GET", place.url, headers=self._bearer.headers) as response,
            ):
                return await _body(response, self._vital if vital else self._other)
        except httpx.TimeoutException:
            raise Failed(failed.TIMED_OUT) from None
        except httpx.ConnectError:
            raise Failed(failed.CANNOT_CONNECT) from None
        except httpx.HTTPError:
            raise Failed(failed.BROKEN_OFF) from None


Fetchers = Callable[[httpx.AsyncClient, Semaphore, Bearer, int], Fetcher]
"""What makes the fetcher of one call."""


async def _body(response: httpx.Response, purse: Purse) -> bytes:
    """Read the body as it comes in; that of an error is of no use, and is not read."""
    if response.status_code != HTTPStatus.OK:
        raise failed.of_status(response.status_code)
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Failed(failed.COMPRESSED)
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > purse.left:
        raise Failed(failed.TOO_LONG)
    chunks: list[bytes] = []
    try:
        async for chunk in response.aiter_raw():
            chunks.append(chunk)
            purse.left -= len(chunk)
            if purse.left < 0:
                raise Failed(failed.TOO_LONG)
    except BaseException:
        # What is not kept leaves its room to others.
        purse.left += sum(map(len, chunks))
        raise
    return b"".join(chunks)
