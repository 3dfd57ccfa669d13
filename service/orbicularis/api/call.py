"""``POST /cds-services/{id}``: a call of a service (CDS Hooks 2.0, Calling a CDS Service)."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from time import perf_counter

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api import accept, body, envelope, intake, refusals
from orbicularis.api.missing import data_missing
from orbicularis.api.refusal import Refusal
from orbicularis.api.serving import Serving
from orbicularis.engine.engine import DataMissing

_LOG = logging.getLogger("orbicularis.call")
_ENCODER = msgspec.json.Encoder()


@dataclass(slots=True)
class Line:
    """What the log tells of a call: names out of the rules, and numbers; nothing that was sent."""

    request_id: str
    service: str | None = None
    hook: str | None = None
    status: int = HTTPStatus.INTERNAL_SERVER_ERROR
    cards: int | None = None

    def write(self, seconds: float) -> None:
        """Log the call with its duration."""
        fields = {
            "request_id": self.request_id,
            "hook": self.hook,
            "service": self.service,
            "status": int(self.status),
            "duration_ms": round(seconds * 1000, 2),
            "cards": self.cards,
        }
        _LOG.info("call", extra={"fields": fields})


async def call(request: Request) -> Response:
    """Answer a call with cards, or say why not."""
    began = perf_counter()
    line = Line(request.state.request_id)
    try:
        response = await _answer(request, line)
        line.status = response.status_code
    except Refusal as refused:
        line.status = refused.status
        raise
    finally:
        line.write(perf_counter() - began)
    return response


async def _answer(request: Request, line: Line) -> Response:
    accept.check(request)
    serving: Serving = request.app.state.serving
    service = serving.engine.bundle.services.get(request.path_params["id"])
    if service is None:
        raise refusals.unknown_service()
    line.service = service.id
    sent = await body.read(request, request.app.state.settings.max_body_bytes)
    asked = intake.take(envelope.split(sent), service)
    line.hook = asked.call.hook
    try:
        answer = serving.engine.answer(service.id, asked.call, datetime.now(UTC))
    except DataMissing as missing:
        raise data_missing(missing) from None
    line.cards = len(answer.cards)
    return Response(_ENCODER.encode({"cards": answer.cards}), media_type="application/json")
