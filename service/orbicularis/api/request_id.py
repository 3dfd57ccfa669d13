"""The id of a request: by it the log, the client and an operator mean the same one."""

import secrets

from starlette.requests import Request
from starlette.types import Scope

_BYTES = 16


def give(scope: Scope) -> str:
    """Give a request its id: made here, never taken from the client, which could send anything."""
    given = secrets.token_hex(_BYTES)
    scope.setdefault("state", {})["request_id"] = given
    return given


def of(request: Request) -> str:
    """The id that the request was given."""
    given: str = request.scope["state"]["request_id"]
    return given
