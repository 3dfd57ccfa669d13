"""``POST /cds-services/{id}/feedback``: what users did with cards (CDS Hooks 2.0, Feedback)."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from time import perf_counter
from typing import Any

import msgspec
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import accept, body, refusals, request_id
from orbicularis.api.auth.client import Client
from orbicularis.api.decisions import Decision, decision
from orbicularis.api.limit_settings import MIB
from orbicularis.api.misshapen import issues
from orbicularis.api.models.feedback import TAGS, Feedback
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.knowledge.service import Service

LONGEST = MIB
"""Bytes of a body at most, unless calls are held to less: a full batch has about 400 KB."""

Fields = dict[str, Any]

_LOG = logging.getLogger("orbicularis.feedback")


async def feedback(request: Request) -> Response:
    """Count what users did with cards, and log it in names out of the rules.

    A batch with anything wrong in it is refused as a whole and not counted, so that a client
    can mend it and send it again. Nothing is kept, so feedback that is sent twice counts twice.
    """
    began = perf_counter()
    running: Running = request.app.state.running
    serving = running.serving
    service = serving.engine.bundle.services.get(request.path_params["id"])
    client: Client | None = None
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    decisions: Sequence[Decision] = ()
    try:
        client = await running.guard.admit(request)
        accept.check(request)
        if service is None:
            raise refusals.unknown_service()
        longest = min(running.settings.max_body_bytes, LONGEST)
        sent = await body.read(request, longest, running.settings.body_timeout_s)
        decisions = [decision(entry, serving.marks, service) for entry in take(sent).feedback]
        if not _is_tried(request):
            for decided in decisions:
                running.metrics.decisions.told(decided)
        status = HTTPStatus.OK
    except Refusal as refused:
        status = refused.status
        raise
    finally:
        running.metrics.decisions.received(status)
        _write(_common(request, service, client), decisions, status, perf_counter() - began)
    return Response()


def take(sent: bytes) -> Feedback:
    """Check a body.

    Raises:
        Refusal: 400, naming everything that is wrong with it at once.
    """
    try:
        return Feedback.model_validate(msgspec.json.decode(sent))
    except ValidationError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, issues(error, TAGS)) from None
    except msgspec.DecodeError as error:
        raise refusals.not_json(str(error)) from None
    except UnicodeDecodeError:
        raise refusals.not_json("it is not UTF-8") from None
    except RecursionError:
        raise refusals.too_deep() from None


def _is_tried(request: Request) -> bool:
    """True for what somebody does with a card of the workbench: no decision on a patient."""
    return request.query_params.get("from") == "workbench"


def _common(request: Request, service: Service | None, client: Client | None) -> Fields:
    tried = {"tried": True} if _is_tried(request) else {}
    return tried | {
        "request_id": request_id.of(request),
        "service": service.id if service else None,
        "issuer": client.issuer if client else None,
    }


def _write(
    common: Fields, decisions: Sequence[Decision], status: HTTPStatus, seconds: float
) -> None:
    """Log one line for the request, and one for each thing that a user did.

    No uuid stands there, no time of the user's and nothing that was written: only what was
    recognised, in names out of the rules.
    """
    counts = {
        "status": int(status),
        "duration_ms": round(seconds * 1000, 2),
        "entries": len(decisions),
    }
    _LOG.info("feedback", extra={"fields": common | counts})
    for decided in decisions:
        accepted = {"accepted_suggestions": len(decided.orders)}
        _LOG.info("decision", extra={"fields": common | asdict(decided) | accepted})
