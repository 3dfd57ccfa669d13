"""``POST /cds-services/{id}``: a call of a service (CDS Hooks 2.0, Calling a CDS Service)."""

from datetime import UTC, datetime
from http import HTTPStatus
from time import perf_counter

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import accept, body, envelope, intake, refusals
from orbicularis.api.decision_line import DecisionLine
from orbicularis.api.fhir_access.presence import while_connected
from orbicularis.api.missing import data_missing
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.engine.engine import Answer, DataMissing

_ENCODER = msgspec.json.Encoder()


async def call(request: Request) -> Response:
    """Answer a call with cards, or say why not."""
    began = perf_counter()
    running: Running = request.app.state.running
    line = DecisionLine(request.state.request_id)
    running.metrics.calls.began()
    try:
        answer = await _answer(request, running, line)
        line.status = HTTPStatus.OK
    except Refusal as refused:
        line.status = refused.status
        raise
    finally:
        seconds = perf_counter() - began
        line.write(seconds)
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
    sent = await body.read(request, running.settings.max_body_bytes)
    asked = intake.take(envelope.split(sent), service)
    line.hook = asked.call.hook
    whole = asked.call
    if asked.fhir_server is not None:
        templates = serving.templates[service.id]
        completing = running.access.complete(asked, service, templates)
        whole = await while_connected(request, completing)
    try:
        answer = serving.engine.answer(service.id, whole, datetime.now(UTC))
    except DataMissing as missing:
        raise data_missing(missing) from None
    line.answer = answer
    running.metrics.answers.sent(answer, serving.marks)
    return answer
