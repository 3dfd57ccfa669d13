"""Routes: which path leads where."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orbicularis.api import accept, refusals
from orbicularis.api.call import call
from orbicularis.api.models.health import Health
from orbicularis.api.refusal import Refusal
from orbicularis.api.serving import Serving

_JSON = "application/json"
_HEALTH = Health().model_dump_json().encode()


async def discovery(request: Request) -> Response:
    """The services that can be called (CDS Hooks 2.0, Discovery)."""
    accept.check(request)
    serving: Serving = request.app.state.serving
    return Response(serving.discovery, media_type=_JSON)


async def health(request: Request) -> Response:
    """The process lives."""
    return Response(_HEALTH, media_type=_JSON)


async def readiness(request: Request) -> Response:
    """Calls can be answered, with these rules."""
    serving: Serving = request.app.state.serving
    return Response(serving.readiness, media_type=_JSON)


def routes() -> list[Route]:
    """All routes of the protocol and of the probes.

    With and without a trailing slash, because clients do both and follow no redirects; with
    two slashes, because a client whose base URL ends in one sends them and takes any failure
    for "nothing to say".
    """
    return [
        Route("/cds-services", discovery),
        Route("/cds-services/", discovery),
        Route("/cds-services/{id}", call, methods=["POST"]),
        Route("/cds-services/{id}/", call, methods=["POST"]),
        Route("/cds-services//{id}", call, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", readiness),
    ]


async def refused(request: Request, error: Exception) -> Response:
    """Answer a refusal, whoever raised it: a handler of ours, or the router."""
    if isinstance(error, HTTPException):
        error = _of_router(error)
    assert isinstance(error, Refusal)  # noqa: S101 - registered for nothing else
    return error.response()


def _of_router(error: HTTPException) -> Refusal:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The router keeps the methods as a set, whose order differs from run to run.
        allowed = (error.headers or {}).get("Allow", "GET").split(",")
        return refusals.wrong_method(", ".join(sorted(method.strip() for method in allowed)))
    return refusals.unknown_path(HTTPStatus(error.status_code))
