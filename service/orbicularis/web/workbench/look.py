"""``POST /workbench/look``: one request looked at, within the limits and behind the door of a call.

It is no call of a client: it is not counted among the calls, cards or suggestions, fetches
nothing from ``fhirServer``, and its log line holds neither findings nor causes.
"""

import logging
from datetime import datetime
from functools import partial
from http import HTTPStatus
from time import perf_counter

from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import refusals, request_id
from orbicularis.api.bounded import in_time, reasoned, received, taken
from orbicularis.api.decision_line import DecisionLine
from orbicularis.api.limits import Limits
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.service import Service
from orbicularis.web.page_response import HTML
from orbicularis.web.workbench.desk import Desk, desk_of
from orbicularis.web.workbench.moment import moment

_LOG = logging.getLogger("orbicularis.workbench")
_HEADERS = {"Cache-Control": "no-store"}


async def look(request: Request) -> Response:
    """Answer with a part of the page, or say why not as the service would."""
    began = perf_counter()
    running: Running = request.app.state.running
    line = DecisionLine(request_id.of(request))
    try:
        looking = _looked(request, running, line)
        html = await in_time(running.settings.request_timeout_s, looking)
        line.status = HTTPStatus.OK
    except Refusal as refused:
        line.status = refused.status
        raise
    finally:
        _LOG.info("workbench", extra={"fields": line.fields(perf_counter() - began)})
    return Response(html, headers=_HEADERS, media_type=HTML)


async def _looked(request: Request, running: Running, line: DecisionLine) -> str:
    line.client = await running.guard.admit(request)
    # Whoever looks first waits for what is to be imported: before the deadline, not within it.
    desk = await desk_of(request)
    service = _service(request, desk)
    line.service, line.revision = service.id, desk.engine.bundle.revision
    settings, limits = running.settings, running.limits
    longest = min(settings.max_body_bytes, settings.workbench_max_body_bytes)
    sent = await received(request, limits, longest, settings.body_timeout_s)
    work = partial(_work, sent, service, desk, limits, moment(request))
    return reasoned(work, service, settings.reading_timeout_s)


def _service(request: Request, desk: Desk) -> Service:
    services = desk.engine.bundle.services
    found = services.get(request.query_params.get("service") or next(iter(services)))
    if found is None:
        raise refusals.unknown_service()
    return found


def _work(sent: bytes, service: Service, desk: Desk, limits: Limits, now: datetime) -> str:
    """All that does not wait: reading, reasoning, and making the page of it."""
    pasted = desk.read(sent, service, templates(service, desk.engine.bundle))
    asked = taken(pasted.body, limits, service)
    answer = desk.engine.answer(service.id, asked.call, now, in_full=True)
    return desk.answered(answer, pasted, service)
