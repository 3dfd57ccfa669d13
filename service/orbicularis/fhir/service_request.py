"""Draft orders as FHIR: built and validated once, filled in per request.

fhir.resources is the authority on the shape; what it accepts here is what cards carry.
"""

from typing import Any

from fhir.resources.R4B.servicerequest import ServiceRequest

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.concept import Code
from orbicularis.knowledge.order import Order

_WRITTEN = frozenset({"http://loinc.org", "http://snomed.info/sct"})
_SUBJECT = {"reference": "Patient/of-the-call"}


def template(order: Order, bundle: Bundle) -> dict[str, Any]:
    """Make the draft ServiceRequest of an order, still without patient, encounter and reason.

    Args:
        order: what is suggested.
        bundle: holds the codes.

    Returns:
        A draft proposal (FHIR R4B), coded in LOINC or SNOMED CT where the terminology table
        allows it to be written, else as text alone.

    Raises:
        ValueError: when it is no valid ServiceRequest.
    """
    request: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": order.priority.value,
        "code": _code(order, bundle),
    }
    ServiceRequest.model_validate({**request, "subject": _SUBJECT})
    return request


def _code(order: Order, bundle: Bundle) -> dict[str, Any]:
    codes = bundle.concepts[order.code].codes if order.code else ()
    for code in codes:
        uri = _uri(code, bundle)
        if not code.recognition_only and uri in _WRITTEN:
            coding = {"system": uri, "code": code.code, "display": code.display}
            return {"coding": [coding], "text": order.text}
    return {"text": order.text}


def _uri(code: Code, bundle: Bundle) -> str:
    system = bundle.systems.get(code.system)
    return code.system if system is None else system.uri
