"""Plain resources: those of which nothing but the code can matter at the first look."""

from collections.abc import Callable
from operator import attrgetter

from orbicularis.fhir.structs.element import ABSENT
from orbicularis.fhir.structs.glance import Glance

MEDICATION_USES = frozenset(
    {"MedicationRequest", "MedicationStatement", "MedicationAdministration"}
)


def plain_code(kind: str, glance: Glance) -> bytes | None:
    """The code of a plain resource, undecoded; None of any other."""
    code_of = _CODE_OF.get(kind)
    return None if code_of is None else code_of(glance)


def _plain(code: str, *others: str) -> Callable[[Glance], bytes | None]:
    """Make a function that gives the code of a resource without any of the other parts."""
    take_code, take_others = attrgetter(code), attrgetter(*others)
    nothing = (ABSENT,) * len(others)
    return lambda one: bytes(take_code(one)) if take_others(one) == nothing else None


_CODE_OF: dict[str, Callable[[Glance], bytes | None]] = {
    "Observation": _plain(
        "code",
        "value_codeable_concept",
        "value_string",
        "body_site",
        "component",
        "contained",
        "has_member",
        "patient",
    ),
    "Condition": _plain("code", "body_site", "contained", "patient"),
    "Procedure": _plain("code", "body_site", "contained", "patient"),
    "ServiceRequest": _plain("code", "contained", "patient"),
    "DiagnosticReport": _plain("code", "contained", "result", "patient"),
    **dict.fromkeys(
        MEDICATION_USES,
        _plain(
            "medication_codeable_concept",
            "medication_reference",
            "medication",
            "contained",
            "patient",
        ),
    ),
}
