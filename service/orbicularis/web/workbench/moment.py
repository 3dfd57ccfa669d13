"""The time at which a request is judged: the present one, unless another is asked for."""

from datetime import UTC, datetime

from starlette.requests import Request

from orbicularis.api import refusals

NAME = "now"
_YEARS = range(1900, 2200)
"""Look-backs reach over a hundred years, and the calendar has to hold those."""


def moment(request: Request) -> datetime:
    """Read ``?now=``, a date and time of ISO 8601; without a zone it is UTC.

    Raises:
        Refusal: 400 when it is none.
    """
    told = request.query_params.get(NAME, "").strip()
    if not told:
        return datetime.now(UTC)
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        raise refusals.no_moment() from None
    if read.year not in _YEARS:
        raise refusals.no_moment()
    return read if read.tzinfo else read.replace(tzinfo=UTC)
