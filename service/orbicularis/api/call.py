"""``POST /cds-services/{id}``: a call of a service (CDS Hooks 2.0, Calling a CDS Service)."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from time import perf_counter

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import accept, body, deadline, envelope, intake, refusals
from orbicularis.api.decision_line import DecisionLine
from orbicularis.api.fhir_access.caller import Caller
from orbicularis.api.fhir_access.presence import while_connected
from orbicularis.api.intake import Asked
from orbicularis.api.missing import data_missing
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.service import Service

_ENCODER = msgspec.json.Encoder()


async def call(request: Request) -> Response:
    """Answer a call with cards, or say why not."""
    began = perf_counter()
    running: Running = request.app.state.running
    line = DecisionLine(request.state.request_id)
    running.metrics.calls.began()
    try:
        answer = await _in_time(request, running, line)
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


async def _in_time(request: Request, running: Running, line: DecisionLine) -> Answer:
    longest = running.settings.request_timeout_s
    try:
        async with asyncio.timeout(longest):
            return await _answer(request, running, line)
    except TimeoutError:
        raise refusals.took_too_long(longest) from None


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
    answer = _reasoned(serving.engine, service, whole, running.settings.reading_timeout_s)
    line.answer = answer
    running.metrics.answers.sent(answer, serving.marks)
    return answer


def _caller(request: Request) -> Caller:
    return Caller(request.state.request_id, request.headers.get("origin"))


async def _asked(request: Request, running: Running, service: Service) -> Asked:
    """Take in the body, within the limits."""
    settings, limits = running.settings, running.limits
    sent = await body.read(request, settings.max_body_bytes, settings.body_timeout_s)
    limits.check_body(sent)
    parts = envelope.split(sent)
    limits.check_parts(parts, sent)
    return intake.take(parts, service)


def _reasoned(engine: Engine, service: Service, call: Call, seconds: float) -> Answer:
    """Let the engine answer, if it can do so in time."""
    work = partial(engine.answer, service.id, call, datetime.now(UTC))
    try:
        return deadline.within(seconds, work)
    except DataMissing as missing:
        raise data_missing(missing, service.prefetch) from None
    except deadline.OutOfTime:
        raise refusals.too_costly(seconds) from None
