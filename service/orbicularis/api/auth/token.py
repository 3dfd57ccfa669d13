"""Tokens: a JWT taken apart, of which nothing is believed yet (RFC 7515, RFC 7519)."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orbicularis.api.auth.denial import Denied, Reason
from orbicularis.api.auth.strict_json import json_object

MAX_LENGTH = 8192
"""Characters of a token; those of real clients have some hundreds."""

MAX_NAME = 256
"""Characters of a ``kid``, and of a ``jti``."""

_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_TYPES = frozenset({"jwt", "at+jwt"})


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says of itself.

    Attributes:
        text: the token as it was sent.
        algorithm: ``alg`` of the header.
        kid: names the key that signed it.
        jku: URL of the key set that it points to; compared, never followed.
        claims: the payload.
    """

    text: str = field(repr=False)
    algorithm: str
    kid: str | None = field(repr=False)
    jku: str | None = field(repr=False)
    claims: Mapping[str, Any] = field(repr=False)


def parse(text: str) -> Token:
    """Take a token apart.

    ``jwk``, ``x5c`` and ``x5u`` of the header are not looked at: a token never brings the key
    that it is verified with.

    Raises:
        Denied: too long, not of three canonical base64url segments, no JSON objects, of another
            kind than JWT, or with an extension that must be understood.
    """
    if len(text) > MAX_LENGTH:
        raise Denied(Reason.MALFORMED)
    segments = _COMPACT.fullmatch(text)
    if segments is None:
        raise Denied(Reason.MALFORMED)
    try:
        header, claims = (json_object(_decode(part)) for part in segments.group(1, 2))
        _decode(segments.group(3))
    except ValueError:
        raise Denied(Reason.MALFORMED) from None
    _check_kind(header)
    return Token(
        text=text,
        algorithm=_string(header, "alg") or "",
        kid=_string(header, "kid", MAX_NAME),
        jku=_string(header, "jku"),
        claims=claims,
    )


def _decode(segment: str) -> bytes:
    """Undo base64url; a segment that could be written otherwise is refused."""
    decoded = urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    if urlsafe_b64encode(decoded).rstrip(b"=") != segment.encode("ascii"):
        raise ValueError("not canonical")
    return decoded


def _check_kind(header: Mapping[str, Any]) -> None:
    """CDS Hooks says ``JWT``; a library may leave it out, a proof or logout token may not pass."""
    if "crit" in header or header.get("b64", True) is not True:
        raise Denied(Reason.CRITICAL)
    if "typ" in header:
        kind = _string(header, "typ") or ""
        if kind.lower().removeprefix("application/") not in _TYPES:
            raise Denied(Reason.TYPE)


def _string(header: Mapping[str, Any], name: str, longest: int = MAX_LENGTH) -> str | None:
    value = header.get(name)
    if name in header and not (isinstance(value, str) and 0 < len(value) <= longest):
        raise Denied(Reason.MALFORMED)
    return value
