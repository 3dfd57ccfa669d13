"""Routes: which path leads where."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orbicularis.api import accept, refusals
from orbicularis.api.call import call
from orbicularis.api.feedback import feedback
from orbicularis.api.metrics.exposition import metrics
from orbicularis.api.models.health import Health
from orbicularis.api.refusal import Refusal
from orbicularis.api.reload.readiness import ready
from orbicularis.api.running import Running
from orbicularis.api.settings import Settings

_JSON = "application/json"
_HEALTH = Health().model_dump_json().encode()


async def discovery(request: Request) -> Response:
    """The services that can be called (CDS Hooks 2.0, Discovery)."""
    running: Running = request.app.state.running
    if running.settings.auth_discovery:
        await running.guard.admit(request)
    accept.check(request)
    return Response(running.serving.discovery, media_type=_JSON)


async def health(request: Request) -> Response:
    """The process lives."""
    return Response(_HEALTH, media_type=_JSON)


async def readiness(request: Request) -> Response:
    """Calls can be answered, with these rules."""
    running: Running = request.app.state.running
    if running.draining.on:
        raise refusals.leaving()
    return Response(ready(running.live).model_dump_json(exclude_none=True), media_type=_JSON)


def routes(settings: Settings) -> list[Route]:
    """All routes of the protocol and of the probes; ``Slashes`` has tidied the paths."""
    shown = [Route("/metrics", metrics)] if settings.shows_metrics else []
    return [
        Route("/cds-services", discovery),
        Route("/cds-services/{id}", call, methods=["POST"]),
        Route("/cds-services/{id}/feedback", feedback, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", readiness),
        *shown,
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
