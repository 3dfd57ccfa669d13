"""Plain resources: those of which nothing but the code can matter at the first look."""

from collections.abc import Callable

from orbicularis.fhir.structs.element import ABSENT
from orbicularis.fhir.structs.glance import Glance

MEDICATION_USES = frozenset(
    {"MedicationRequest", "MedicationStatement", "MedicationAdministration"}
)


def plain_code(kind: str, glance: Glance) -> bytes | None:
    """The code of a plain resource, undecoded; None of any other."""
    code_of = CODE_OF.get(kind)
    return None if code_of is None else code_of(glance)


def _observation(one: Glance) -> bytes | None:
    answer = one.value_codeable_concept is one.value_string is one.component is ABSENT
    others = one.body_site is one.contained is one.has_member is one.patient is ABSENT
    return bytes(one.code) if answer and others else None


def _located(one: Glance) -> bytes | None:
    others = one.body_site is one.contained is one.patient is ABSENT
    return bytes(one.code) if others else None


def _order(one: Glance) -> bytes | None:
    others = one.contained is one.result is one.patient is ABSENT
    return bytes(one.code) if others else None


def _medicine(one: Glance) -> bytes | None:
    others = one.medication_reference is one.medication is one.contained is one.patient is ABSENT
    return bytes(one.medication_codeable_concept) if others else None


CODE_OF: dict[str, Callable[[Glance], bytes | None]] = {
    "Observation": _observation,
    "Condition": _located,
    "Procedure": _located,
    "ServiceRequest": _order,
    "DiagnosticReport": _order,
    **dict.fromkeys(MEDICATION_USES, _medicine),
}
"""Per kind of resource, what gives its code where it is plain, and None where it is not."""
