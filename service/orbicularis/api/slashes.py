"""Slashes too many: a client puts its base URL and our paths together, and no harm is done."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = "/cds-services"
_MANY = re.compile("/{2,}")


class Slashes:
    """Takes doubled slashes and one at the end for what was meant, below ``/cds-services``.

    Clients do both and follow no redirects, and one takes any failure for "nothing to say".
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http":
            path: str = scope["path"]
            if "//" in path or path.endswith("/"):
                plain = _MANY.sub("/", path).rstrip("/")
                if plain == _PREFIX or plain.startswith(f"{_PREFIX}/"):
                    scope = {**scope, "path": plain, "raw_path": plain.encode()}
        await self.app(scope, receive, send)
