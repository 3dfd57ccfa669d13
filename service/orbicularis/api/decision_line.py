"""The decision log: what was answered and why, in names out of the rules; no patient data."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from orbicularis.api.auth.client import Client
from orbicularis.engine.engine import Answer

_LOG = logging.getLogger("orbicularis.call")


@dataclass(slots=True)
class DecisionLine:
    """What the log tells of one call: identifiers of ours and numbers; nothing that was sent.

    A look at the workbench, which is no call, tells as much of itself but never its answer.

    Attributes:
        request_id: made here for this request.
        client: who called, where that is proved.
        service: id of the service, when there is one of the called name.
        revision: content hash of the rules that answered.
        hook: one of the service's hooks.
        status: HTTP status of the answer.
        answer: what was answered.
    """

    request_id: str
    client: Client | None = None
    service: str | None = None
    revision: str | None = None
    hook: str | None = None
    status: HTTPStatus = HTTPStatus.INTERNAL_SERVER_ERROR
    answer: Answer | None = None

    def write(self, seconds: float) -> None:
        """Log the call with its duration."""
        if _LOG.isEnabledFor(logging.INFO):
            _LOG.info("call", extra={"fields": self.fields(seconds)})

    def fields(self, seconds: float) -> dict[str, Any]:
        """What is told, with how long it took."""
        fields = {
            "request_id": self.request_id,
            "issuer": self.client.issuer if self.client else None,
            "hook": self.hook,
            "service": self.service,
            "revision": self.revision[:12] if self.revision else None,
            "status": int(self.status),
            "duration_ms": round(seconds * 1000, 2),
        }
        if self.answer is not None:
            fields |= _decided(self.answer)
        return fields


def _decided(answer: Answer) -> dict[str, Any]:
    assessment = answer.assessment
    return {
        "cards": len(answer.cards),
        "suggestions": sum(len(card.suggestions or ()) for card in answer.cards),
        "red_flags": [flag.red_flag.id for flag in assessment.fired],
        "causes": [result.cause.id for result in assessment.listed],
        "resources": assessment.chart.resources,
        "skipped": len(assessment.chart.skipped),
    }
