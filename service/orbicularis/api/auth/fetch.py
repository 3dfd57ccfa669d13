"""Fetching a key set from its URL."""

import asyncio

import httpx

from orbicularis.api.auth.key_set import MAX_BYTES

TIMEOUT_S = 3.0
"""Time for all of one fetch."""


class FetchError(Exception):
    """Nothing came, or nothing usable; its words are fixed and may stand in the log."""


class Fetcher:
    """Fetches from the URLs that it is given; which those may be is not decided here.

    Redirects are never followed: a listed URL would else lead to one that is not listed. The
    environment's proxy and certificates are used, as everywhere on such a machine.
    """

    def __init__(self, timeout: float = TIMEOUT_S) -> None:
        """Open nothing yet."""
        self._timeout = timeout
        self._client: httpx.AsyncClient | None = None

    async def get(self, url: str) -> bytes:
        """The body of a successful answer.

        Raises:
            FetchError: no answer in time, another status than 200, a body that is compressed
                or too long.
        """
        try:
            async with asyncio.timeout(self._timeout):
                return await self._get(url)
        except (TimeoutError, httpx.TimeoutException):
            raise FetchError("did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise FetchError("could not be reached") from None

    async def close(self) -> None:
        """Let go of the connections; a later fetch opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _get(self, url: str) -> bytes:
        headers = {"accept": "application/jwk-set+json, application/json"}
        async with self._opened().stream("GET", url, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                raise FetchError(f"answered with status {response.status_code}")
            # A few bytes can unfold to gigabytes.
            if response.headers.get("content-encoding", "identity") != "identity":
                raise FetchError("answered with a compressed body")
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise FetchError(f"answered with more than {MAX_BYTES} bytes")
            return bytes(body)

    def _opened(self) -> httpx.AsyncClient:
        """The client, made at the first need: its certificates take long to load."""
        if self._client is None:
            self._client = httpx.AsyncClient(
                follow_redirects=False,
                timeout=self._timeout,
                headers={"accept-encoding": "identity"},
                # Fetches are minutes apart: a connection would be dead by the next.
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        return self._client
