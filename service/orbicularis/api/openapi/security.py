"""How a client proves who it is, in the document: the scheme, and the 401 of its operations."""

from orbicularis.api import refusals
from orbicularis.api.openapi.responses import Json, failure
from orbicularis.api.refusal import Refusal

_NAME = "ClientJWT"

SCHEMES: Json = {
    _NAME: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": (
            "A JWT that the client signs for each request (CDS Hooks 2.0, Trusting CDS Clients). "
            "Header: `alg` one of the accepted algorithms (ES384 and RS384 unless set otherwise), "
            "`kid`, and, if at all, a `jku` that is agreed upon. Claims: `iss`, known to the "
            "service; `aud`, the URL that is called, with the service's public base URL; `exp` "
            "and `iat`, no more than ten minutes apart unless set otherwise; `jti`, used once."
        ),
    }
}
"""Security schemes, for the document's components."""

SECURITY: list[Json] = [{_NAME: []}, {}]
"""What an operation asks for: a token in production, nothing where authentication is off."""


def unauthenticated() -> Json:
    """The 401 of an operation that asks for a token."""
    missing, refused = refusals.no_token(), refusals.bad_token()
    response = failure(
        "Where authentication is on (in production, unless set otherwise): no token was sent, or "
        "it is not accepted. Why is told in the service's log alone, with the id of the request.",
        {"no-token": missing, "bad-token": refused},
    )
    challenge: Json = {
        "description": "What to send (RFC 6750, section 3).",
        "required": True,
        "schema": {"type": "string"},
        "examples": {
            "no-token": {"value": _challenge(missing)},
            "bad-token": {"value": _challenge(refused)},
        },
    }
    return response | {"headers": {**response["headers"], "WWW-Authenticate": challenge}}


def _challenge(refusal: Refusal) -> str:
    return (refusal.headers or {})["WWW-Authenticate"]
