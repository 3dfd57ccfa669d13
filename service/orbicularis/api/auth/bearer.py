"""The token in a request's headers (RFC 6750, section 2.1)."""

from starlette.datastructures import Headers

from orbicularis.api.auth.denial import Denied, Reason


def bearer(headers: Headers) -> str:
    """The bearer token as it was sent; the scheme's case does not matter (RFC 9110, 11.1).

    Raises:
        Denied: no header or another scheme (no credentials); two headers, of which a proxy
            may have read the one and we the other; or a scheme without a token.
    """
    sent = headers.getlist("authorization")
    if len(sent) > 1:
        raise Denied(Reason.MALFORMED)
    scheme, _, token = (sent[0] if sent else "").strip(" ").partition(" ")
    if scheme.lower() != "bearer":
        raise Denied(Reason.NO_CREDENTIALS)
    if not token:
        raise Denied(Reason.MALFORMED)
    return token.lstrip(" ")
