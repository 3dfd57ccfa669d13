"""The body of a request: JSON, no longer than allowed, read as it comes in."""

from starlette.requests import ClientDisconnect, Request

from orbicularis.api import refusals


async def read(request: Request, longest: int) -> bytes:
    """Read the body.

    Args:
        request: the request, of which nothing was read yet.
        longest: bytes that are accepted at most.

    Raises:
        Refusal: 415 when it is declared to be something else than JSON, 413 when it is
            too long (by its declared length before it is read, else while it is), 400 when
            it ends early.
    """
    _check_type(request)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > longest:
        raise refusals.too_long(longest)
    chunks: list[bytes] = []
    length = 0
    try:
        async for chunk in request.stream():
            length += len(chunk)
            if length > longest:
                raise refusals.too_long(longest)
            chunks.append(chunk)
    except ClientDisconnect:
        raise refusals.cut_short() from None
    return b"".join(chunks)


def _check_type(request: Request) -> None:
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise refusals.wrong_coding()
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    subtype = media_type.rpartition("/")[2]
    if media_type and subtype != "json" and not subtype.endswith("+json"):
        raise refusals.wrong_type()
