"""Cross-origin requests: browser-based clients are let in (CDS Hooks 2.0, CORS)."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED_HEADERS = "authorization, content-type"
ALLOWED_METHODS = "GET, POST"
EXPOSED_HEADERS = "retry-after, www-authenticate, x-request-id"
_MAX_AGE_S = "600"
_PREFLIGHT = frozenset({b"origin", b"access-control-request-method"})
_ANYONE = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED_HEADERS.encode()),
)


class Cors:
    """Adds the headers to every response, of whatever status, and answers preflights.

    A preflight is always answered with 204: what it allows is for the browser to read, and
    an origin that is not listed finds itself not named. Credentials are never allowed.
    """

    def __init__(
        self, app: ASGIApp, origins: tuple[str, ...], *, private_network: bool = False
    ) -> None:
        """Wrap the application.

        Args:
            app: what is wrapped.
            origins: who is let in; ``("*",)`` lets every origin in.
            private_network: let pages of the internet call a service on this machine, as the
                public CDS Hooks Sandbox has to (Private Network Access, a W3C community draft).
        """
        self.app = app
        self.private_network = private_network
        self.anyone = origins == ("*",)
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._allow(message, scope)
            await send(message)

        if scope["method"] == "OPTIONS" and _PREFLIGHT.issubset(
            name for name, _ in scope["headers"]
        ):
            asks = "access-control-request-private-network" in Headers(scope=scope)
            preflight = _preflight(private_network=asks and self.private_network)
            await preflight(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)

    def _allow(self, message: Message, scope: Scope) -> None:
        if self.anyone:
            message["headers"] = [*message.get("headers", ()), *_ANYONE]
            return
        headers = MutableHeaders(scope=message)
        headers.add_vary_header("Origin")
        origin = Headers(scope=scope).get("origin")
        if origin in self.origins:
            headers["access-control-allow-origin"] = origin
            headers["access-control-expose-headers"] = EXPOSED_HEADERS


def _preflight(*, private_network: bool) -> Response:
    headers = {
        "access-control-allow-methods": ALLOWED_METHODS,
        "access-control-allow-headers": ALLOWED_HEADERS,
        "access-control-max-age": _MAX_AGE_S,
    }
    if private_network:
        headers["access-control-allow-private-network"] = "true"
    return Response(status_code=204, headers=headers)
