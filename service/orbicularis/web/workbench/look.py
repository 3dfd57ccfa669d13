"""``POST /workbench/look``: one request looked at, within the limits and behind the door of a call.

It is no call of a client: it is not counted among the calls, cards or suggestions, fetches
nothing from ``fhirServer``, and its log line holds neither findings nor causes.
"""

import asyncio
import logging
from functools import partial
from http import HTTPStatus
from time import perf_counter

from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import body, deadline, envelope, intake, refusals
from orbicularis.api.missing import data_missing
from orbicularis.api.refusal import Refusal
from orbicularis.api.running import Running
from orbicularis.engine.engine import DataMissing
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
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    longest = running.settings.request_timeout_s
    try:
        async with asyncio.timeout(longest):
            html = await _looked(request, running)
        status = HTTPStatus.OK
    except TimeoutError:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise refusals.took_too_long(longest) from None
    except Refusal as refused:
        status = refused.status
        raise
    finally:
        fields = {
            "request_id": request.state.request_id,
            "status": int(status),
            "duration_ms": round((perf_counter() - began) * 1000, 2),
        }
        _LOG.info("workbench", extra={"fields": fields})
    return Response(html, headers=_HEADERS, media_type=HTML)


async def _looked(request: Request, running: Running) -> str:
    await running.guard.admit(request)
    desk = desk_of(request)
    service = _service(request, desk)
    settings = running.settings
    sent = await body.read(request, settings.max_body_bytes, settings.body_timeout_s)
    running.limits.check_body(sent)
    work = partial(_work, sent, service, desk, running, request)
    try:
        return deadline.within(settings.reading_timeout_s, work)
    except DataMissing as missing:
        raise data_missing(missing, service.prefetch) from None
    except deadline.OutOfTime:
        raise refusals.too_costly(settings.reading_timeout_s) from None


def _service(request: Request, desk: Desk) -> Service:
    services = desk.engine.bundle.services
    found = services.get(request.query_params.get("service") or next(iter(services)))
    if found is None:
        raise refusals.unknown_service()
    return found


def _work(sent: bytes, service: Service, desk: Desk, running: Running, request: Request) -> str:
    """All that does not wait: reading, reasoning, and making the page of it."""
    # Imported here: a service without readers never pays for the template engine.
    from orbicularis.web.workbench.pasted import read
    from orbicularis.web.workbench.shown import show

    now = moment(request)
    pasted = read(sent, service, templates(service, desk.engine.bundle))
    parts = envelope.split(pasted.body)
    running.limits.check_parts(parts, pasted.body)
    asked = intake.take(parts, service)
    answer = desk.engine.answer(service.id, asked.call, now)
    shown = show(answer, pasted, desk.what_if(service.id))
    return desk.answered(pasted, shown)
