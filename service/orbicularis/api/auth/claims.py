"""What a token's claims have to say about time and itself (RFC 7519, section 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orbicularis.api.auth.denial import Denied, Reason
from orbicularis.api.auth.token import MAX_NAME

_LAST = 2**40
"""No time of day has so many seconds; what is beyond (also infinity) is no time."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a token may live.

    Attributes:
        leeway: how far a client's clock may be off, in seconds.
        longest: longest time from ``iat`` to ``exp``, in seconds.
    """

    leeway: float
    longest: float


def expiry(claims: Mapping[str, Any], now: float, terms: Terms) -> float:
    """The time from which a token is refused, in seconds since 1970.

    Args:
        claims: the token's.
        now: seconds since 1970.
        terms: what is tolerated.

    Raises:
        Denied: ``exp`` or ``iat`` is missing or no number, the token is expired, not valid
            yet or made in the future, or it lives too long.
    """
    made, expires = _time(claims, "iat"), _time(claims, "exp")
    if now >= expires + terms.leeway:
        raise Denied(Reason.EXPIRED)
    starts = max(made, _time(claims, "nbf") if "nbf" in claims else made)
    if starts > now + terms.leeway:
        raise Denied(Reason.NOT_YET)
    if not 0 < expires - made <= terms.longest:
        raise Denied(Reason.LIFETIME)
    return expires + terms.leeway


def jti(claims: Mapping[str, Any]) -> str:
    """The token's own name, which CDS Hooks requires.

    Raises:
        Denied: it is missing, no string, empty or too long.
    """
    name = claims.get("jti")
    if not (isinstance(name, str) and 0 < len(name) <= MAX_NAME):
        raise Denied(Reason.JTI)
    return name


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    # bool is an int in Python, true no number in JSON.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST:
        raise Denied(Reason.TIMES)
    return float(value)
