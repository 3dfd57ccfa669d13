"""The body of a request: JSON, no longer than allowed, read as it comes in."""

import asyncio

from starlette.requests import Request

from orbicularis.api import refusals


async def read(request: Request, longest: int, seconds: float) -> bytes:
    """Read the body.

    Args:
        request: the request, of which nothing was read yet.
        longest: bytes that are accepted at most.
        seconds: how long it may take to come.

    Raises:
        Refusal: 415 when it is declared to be something else than JSON, 413 when it is
            too long (by its declared length before it is read, else while it is), 400 when
            it ends early, 408 when it does not come in time.
    """
    _check_type(request)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > longest:
        raise refusals.too_long(longest)
    try:
        async with asyncio.timeout(seconds):
            return await _whole(request, longest)
    except TimeoutError:
        raise refusals.body_too_slow(seconds) from None


async def _whole(request: Request, longest: int) -> bytes:
    chunks: list[bytes] = []
    length, more = 0, True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise refusals.cut_short()
        chunk, more = message.get("body", b""), message.get("more_body", False)
        length += len(chunk)
        if length > longest:
            raise refusals.too_long(longest)
        chunks.append(chunk)
    return b"".join(chunks)


def _check_type(request: Request) -> None:
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise refusals.wrong_coding()
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    subtype = media_type.rpartition("/")[2]
    if media_type and subtype != "json" and not subtype.endswith("+json"):
        raise refusals.wrong_type()
