"""A vignette as the request that a client would send for it at the time of the vignettes."""

from typing import Any

import msgspec

from orbicularis.authoring.vignettes import call_for
from orbicularis.engine.engine import Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.vignette import ORDER_HOOKS, Vignette
from orbicularis.web.workbench.wrap import INSTANCE, USER

Json = dict[str, Any]


def request_of(vignette: Vignette, service: Service, engine: Engine) -> Json:
    """Write the call of a vignette down as JSON."""
    call = call_for(vignette, service, engine)
    return {
        "hook": call.hook,
        "hookInstance": INSTANCE,
        "context": _context(call),
        "prefetch": {key: _plain(raw) for key, raw in call.prefetch.items()},
    }


def _context(call: Call) -> Json:
    context: Json = {"userId": USER, "patientId": call.patient_id}
    if call.encounter_id is not None or call.hook == "encounter-start":
        context["encounterId"] = call.encounter_id or f"{call.patient_id}-encounter"
    if call.hook in ORDER_HOOKS:
        context["draftOrders"] = _plain(call.drafts)
    if call.hook == "order-select":
        context["selections"] = list(call.selections)
    if call.problems is not None:
        context["conditions"] = _plain(call.problems)
    return context


def _plain(raw: msgspec.Raw | None) -> Any:
    return None if raw is None else msgspec.json.decode(raw)
