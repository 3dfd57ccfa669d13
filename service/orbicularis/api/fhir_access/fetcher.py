"""The requests of one call: with its token, and within its number of bytes."""

from asyncio import Semaphore
from http import HTTPStatus

import httpx

from orbicularis.api.fhir_access import failed
from orbicularis.api.fhir_access.bearer import Bearer
from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.place import Place


class Fetcher:
    """Gets pages; what it is given to get lies on the allowed server.

    Attributes:
        bytes_left: how much may still be read for this call, whatever it is read for.
    """

    def __init__(
        self, client: httpx.AsyncClient, slots: Semaphore, bearer: Bearer, most_bytes: int
    ) -> None:
        """Keep what every request needs.

        Args:
            client: shared by all calls.
            slots: bounds how many requests of all calls are under way.
            bearer: of this call.
            most_bytes: that may be read for this call.
        """
        self._client = client
        self._slots = slots
        self._bearer = bearer
        self.bytes_left = most_bytes

    async def get(self, place: Place) -> bytes:
        """Get one page.

        Raises:
            Failed: when nothing usable comes.
        """
        try:
            async with (
                self._slots,
                self._client.stream("GET", place.url, headers=self._bearer.headers) as response,
            ):
                return await self._body(response)
        except httpx.TimeoutException:
            raise Failed(failed.TIMED_OUT) from None
        except httpx.ConnectError:
            raise Failed(failed.CANNOT_CONNECT) from None
        except httpx.HTTPError:
            raise Failed(failed.BROKEN_OFF) from None

    async def _body(self, response: httpx.Response) -> bytes:
        """Read the body as it comes in; that of an error is of no use, and is not read."""
        if response.status_code != HTTPStatus.OK:
            raise failed.of_status(response.status_code)
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise Failed(failed.COMPRESSED)
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.bytes_left:
            raise Failed(failed.TOO_LONG)
        chunks: list[bytes] = []
        async for chunk in response.aiter_raw():
            self.bytes_left -= len(chunk)
            if self.bytes_left < 0:
                raise Failed(failed.TOO_LONG)
            chunks.append(chunk)
        return b"".join(chunks)
