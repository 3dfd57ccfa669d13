"""Security headers: what a browser, or a cache on the way, is told to do with every answer.

A header that an answer already has is left alone: pages bring a policy of their own.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_Header = tuple[bytes, bytes]

_ALWAYS: tuple[_Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_HSTS: _Header = (b"strict-transport-security", b"max-age=31536000")
_NO_STORE: _Header = (b"cache-control", b"no-store")
_DATA: _Header = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
# The page of the API documentation has a script of its own, and styles in its elements.
_DOCS: _Header = (
    b"content-security-policy",
    (
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' "
        b"'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
    ),
)
_DOCS_PATH = "/docs"
_READING = frozenset({"GET", "HEAD"})
_FIRST_ERROR = 400


class SecurityHeaders:
    """Adds them; to what was made of patients' data also that nobody keeps it."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        """Wrap the application.

        Args:
            app: what is wrapped.
            https: the service is public under https, so that browsers may insist on it.
        """
        self.app = app
        always = (*_ALWAYS, _HSTS) if https else _ALWAYS
        self._data = (*always, _DATA)
        self._page = (*always, _DOCS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                wanted = self._page if scope["path"].startswith(_DOCS_PATH) else self._data
                if scope["method"] not in _READING or message["status"] >= _FIRST_ERROR:
                    wanted = (*wanted, _NO_STORE)
                present = dict(headers)
                headers += [header for header in wanted if header[0] not in present]
            await send(message)

        await self.app(scope, receive, send_with_headers)
