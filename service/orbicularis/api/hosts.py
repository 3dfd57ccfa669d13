"""Hosts: the service answers to its own names (RFC 9110, section 7.4).

A page that makes its own name resolve to the service (DNS rebinding) would be of the same
origin as it in the eyes of a browser, and could read what no CORS header lets it read.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from orbicularis.api import refusals

_OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by their address, by orchestrators and collectors; nothing of a patient is there."""
_PORT = re.compile(r":[0-9]{0,5}\Z")


class Hosts:
    """Refuses requests that are meant for another host."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        """Wrap the application.

        Args:
            app: what is wrapped.
            names: names without ports, in lower case; ``*.`` before one for all names below it.
        """
        self.app = app
        bare = [name.strip("[]") for name in names]
        self._names = frozenset(bare)
        self._below = tuple(name[1:] for name in bare if name.startswith("*."))
        self._known: frozenset[bytes] = frozenset(name.encode() for name in bare)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in _OPEN:
            await self.app(scope, receive, send)
            return
        sent = [value for name, value in scope["headers"] if name == b"host"]
        if len(sent) != 1:
            await refusals.no_host().response()(scope, receive, send)
        elif sent[0] in self._known or self._answers_to(sent[0]):
            await self.app(scope, receive, send)
        else:
            await refusals.wrong_host().response()(scope, receive, send)

    def _answers_to(self, sent: bytes) -> bool:
        name = _PORT.sub("", sent.decode("latin-1").lower()).strip("[]")
        return name in self._names or bool(self._below and name.endswith(self._below))
