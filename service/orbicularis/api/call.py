"""``POST /cds-services/{id}``: a call of a service (CDS Hooks 2.0, Calling a CDS Service)."""

from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from time import perf_counter

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import accept, refusals, request_id
from orbicularis.api.bounded import in_time, reasoned, received, taken
from orbicularis.api.decision_line import DecisionLine
from orbicularis.api.fhir_access.caller import Caller
from orbicularis.api.fhir_access.presence import while_connected
from orbicularis.api.intake import Asked
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.engine.engine import Answer
from orbicularis.knowledge.service import Service

_ENCODER = msgspec.json.Encoder()


async def call(request: Request) -> Response:
    """Answer a call with cards, or say why not."""
    began = perf_counter()
    running: Running = request.app.state.running
    line = DecisionLine(request_id.of(request))
    running.metrics.calls.began()
    try:
        answering = _answer(request, running, line)
        answer = await in_time(running.settings.request_timeout_s, answering)
        line.status = HTTPStatus.OK
    except Refusal as refused:
        line.status = refused.status
        raise
    finally:
        seconds = perf_counter() - began
        line.write(seconds)
        if running.tracing is not None:
            running.tracing.told(line)
        running.metrics.calls.answered(line.service, line.hook, line.status, seconds)
    return Response(_ENCODER.encode({"cards": answer.cards}), media_type="application/json")


async def _answer(request: Request, running: Running, line: DecisionLine) -> Answer:
    line.client = await running.guard.admit(request)
    accept.check(request)
    serving = running.serving
    service = serving.engine.bundle.services.get(request.path_params["id"])
    if service is None:
        raise refusals.unknown_service()
    line.service, line.revision = service.id, serving.engine.bundle.revision
    asked = await _asked(request, running, service)
    line.hook = asked.call.hook
    whole = asked.call
    if asked.fhir_server is not None:
        templates = serving.templates[service.id]
        completing = running.access.complete(asked, service, templates, _caller(request))
        whole = await while_connected(request, completing)
    work = partial(serving.engine.answer, service.id, whole, datetime.now(UTC))
    answer = reasoned(work, service, running.settings.reading_timeout_s)
    line.answer = answer
    running.metrics.answers.sent(answer, serving.marks)
    return answer


def _caller(request: Request) -> Caller:
    return Caller(request_id.of(request), request.headers.get("origin"))


async def _asked(request: Request, running: Running, service: Service) -> Asked:
    """Take in the body, within the limits."""
    settings, limits = running.settings, running.limits
    sent = await received(request, limits, settings.max_body_bytes, settings.body_timeout_s)
    return taken(sent, limits, service)
