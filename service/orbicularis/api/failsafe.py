"""The failsafe: every request has an id, and no failure leaves without an OperationOutcome."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orbicularis.api import refusals, request_id
from orbicularis.api.log import steps

_LOG = logging.getLogger("orbicularis.failure")


class Failsafe:
    """Names each request and answers for what nobody foresaw.

    It stands inside ``Cors``, so that a 500 carries the headers without which a browser
    would not show it to the client. The framework's own handler stands outside of every
    middleware and cannot do that.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = request_id.give(scope)
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                field = (b"x-request-id", given.encode())
                message["headers"] = [*message.get("headers", ()), field]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            _tell(error, given)
            if started:
                raise
            await refusals.failed(given).response()(scope, receive, send_with_id)


def _tell(error: Exception, given: str) -> None:
    """Log where it happened; the error's own words may quote the chart and are left out."""
    where = steps(error.__traceback__)
    fields = {"request_id": given, "error": type(error).__qualname__, "where": where}
    _LOG.error("failed", extra={"fields": fields})
