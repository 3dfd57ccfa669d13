"""Draft orders as FHIR: built and validated once, filled in per request.

fhir.resources is the authority on the shape; what it accepts here is what cards carry. The
code alone is what rules can get wrong, so it alone is held against its type here: all else is
the same for every order, and tests hold the whole against ServiceRequest.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from fhir.resources.R4B.codeableconcept import CodeableConcept

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.concept import Code
from orbicularis.knowledge.order import Order

_WRITTEN = frozenset({"http://loinc.org", "http://snomed.info/sct"})


def template(order: Order, bundle: Bundle) -> dict[str, Any]:
    """Make the draft ServiceRequest of an order, still without patient, encounter and reason.

    Args:
        order: what is suggested.
        bundle: holds the codes.

    Returns:
        A draft proposal (FHIR R4B), coded in LOINC or SNOMED CT where the terminology table
        allows it to be written and by the site's own code where it has one, else as text alone.

    Raises:
        ValueError: when its code is no valid CodeableConcept.
    """
    code = _code(order, bundle)
    CodeableConcept.model_validate(code)
    return {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": order.priority.value,
        "code": code,
    }


def _code(order: Order, bundle: Bundle) -> dict[str, Any]:
    """The standard coding first, then the site's own, then the text."""
    codings = [*_standard(order, bundle), *_local(order, bundle)]
    return {"coding": codings, "text": order.text} if codings else {"text": order.text}


def _standard(order: Order, bundle: Bundle) -> Iterator[dict[str, str]]:
    codes = bundle.concepts[order.code].codes if order.code else ()
    written = (c for c in codes if not c.recognition_only and _uri(c, bundle) in _WRITTEN)
    yield from (_coding(code, bundle) for code in islice(written, 1))


def _local(order: Order, bundle: Bundle) -> Iterator[dict[str, str]]:
    if order.local_code is not None:
        yield _coding(bundle.concepts[order.local_code].codes[0], bundle)


def _coding(code: Code, bundle: Bundle) -> dict[str, str]:
    return {"system": _uri(code, bundle), "code": code.code, "display": code.display}


def _uri(code: Code, bundle: Bundle) -> str:
    system = bundle.systems.get(code.system)
    return code.system if system is None else system.uri
