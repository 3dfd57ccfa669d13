"""A page over HTTP: what a browser may do with it, and what it need not fetch again."""

from hashlib import sha256
from http import HTTPStatus
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

HTML = "text/html; charset=utf-8"
JSON = "application/json"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        # The workbench asks this service, and a page can ask nobody else.
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_GUARDED = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
}


class Content(NamedTuple):
    """Something to send: bytes, their media type, and a mark that changes with them."""

    body: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes, media_type: str) -> "Content":
        """Mark the bytes."""
        return cls(body, media_type, f'"{sha256(body).hexdigest()[:24]}"')


def respond(request: Request, content: Content, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Send it, or say that the browser has it already (RFC 9110, If-None-Match)."""
    headers = {**_GUARDED, "Cache-Control": "no-cache", "ETag": content.etag}
    known = request.headers.get("if-none-match", "")
    if status is HTTPStatus.OK and content.etag in known:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content.body, status, headers, content.media_type)


def reads_html(request: Request) -> bool:
    """True for a browser; a program that asks for JSON, or for anything, is none."""
    return "text/html" in request.headers.get("accept", "")


def wants_json(request: Request) -> bool:
    """True when JSON is asked for by name, and a page is not."""
    return "json" in request.headers.get("accept", "") and not reads_html(request)
