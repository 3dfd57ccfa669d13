"""What bounds a request: the steps that a call shares with whoever answers one in another form."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request

from orbicularis.api import body, deadline, envelope, intake, refusals
from orbicularis.api.intake import Asked
from orbicularis.api.limits import Limits
from orbicularis.api.missing import data_missing
from orbicularis.engine.engine import DataMissing
from orbicularis.knowledge.service import Service

_Result = TypeVar("_Result")


async def in_time(longest: float, answering: Awaitable[_Result]) -> _Result:
    """Wait for the answer, for so many seconds at most.

    Raises:
        Refusal: 503 when it took longer.
    """
    try:
        async with asyncio.timeout(longest):
            return await answering
    except TimeoutError:
        raise refusals.took_too_long(longest) from None


async def received(request: Request, limits: Limits, longest: int, seconds: float) -> bytes:
    """Read the body; it may have so many bytes, and take so many seconds to come.

    Raises:
        Refusal: as :func:`orbicularis.api.body.read` does, and 413 when it holds too much.
    """
    sent = await body.read(request, longest, seconds)
    limits.check_body(sent)
    return sent


def taken(sent: bytes, limits: Limits, service: Service) -> Asked:
    """Take in a body, within the limits of its parts.

    Raises:
        Refusal: 400 when it is no request to the service, 413 when a part holds too much.
    """
    parts = envelope.split(sent)
    limits.check_parts(parts, sent)
    return intake.take(parts, service)


def reasoned(work: Callable[[], _Result], service: Service, seconds: float) -> _Result:
    """Let the engine answer, if it can do so in so many seconds of processor time.

    Raises:
        Refusal: 412 when data are missing, 413 when it took longer.
    """
    try:
        return deadline.within(seconds, work)
    except DataMissing as missing:
        raise data_missing(missing, service.prefetch) from None
    except deadline.OutOfTime:
        raise refusals.too_costly(seconds) from None
