"""The straight way: a call of a service does not go through the framework's router.

The router tries one route after the other and wraps a handler in layers of which no call makes
use; together they cost as much as all that a call has to pass before it.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from orbicularis.api.call import call
from orbicularis.api.refusal import Refusal

_SERVICES = "/cds-services"


class Straight:
    """Hands calls to their handler; all else, and calls with another method, to the router."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the router."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        above, _, service_id = scope["path"].rpartition("/")
        if above != _SERVICES or not service_id:
            await self.app(scope, receive, send)
            return
        scope["path_params"] = {"id": service_id}
        try:
            response = await call(Request(scope, receive))
        except Refusal as refused:
            response = refused.response()
        await response(scope, receive, send)
