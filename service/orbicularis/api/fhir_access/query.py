"""From a prefetch template to the relative URL of a FHIR query."""

import re
from urllib.parse import quote

from orbicularis.api.fhir_access.failed import NO_FHIR_ID, NO_QUERY, Failed

_FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}", re.ASCII)
"""FHIR R4, data type id."""

_PATIENT = "{{context.patientId}}"


def relative_url(template: str, patient_id: str) -> str:
    """Fill in the patient (CDS Hooks 2.0, Prefetch Tokens).

    Raises:
        Failed: when the id is none of FHIR's, or is one that means another folder in a URL;
            when the template has other tokens.
    """
    if not _FHIR_ID.fullmatch(patient_id) or not patient_id.strip("."):
        raise Failed(NO_FHIR_ID)
    url = template.replace(_PATIENT, quote(patient_id, safe=""))
    if "{{" in url:
        raise Failed(NO_QUERY)
    return url
