"""The access token of a call (CDS Hooks 2.0, Passing the Access Token to the CDS Service)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orbicularis.api.fhir_access.failed import (
    TOKEN_EXPIRED,
    TOKEN_OF_ANOTHER,
    TOKEN_UNUSABLE,
    Failed,
)
from orbicularis.api.models.request import FHIRAuthorization

_VISIBLE = re.compile(r"[!-~]{1,16384}", re.ASCII)
"""What a header can carry without becoming two (RFC 6749, A.12, without the space)."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a FHIR server is shown; lives no longer than the call, and is not printed.

    Attributes:
        headers: the Authorization header; empty for a server that is open to everybody.
    """

    headers: Mapping[str, str] = field(repr=False)


def bearer(authorization: FHIRAuthorization | None, patient_id: str) -> Bearer:
    """Check the token of a call.

    Without one an allowed server is asked all the same: sandboxes are open, and a closed
    server answers 401, which tells more than not asking.

    Args:
        authorization: what the client sent.
        patient_id: the patient in context.

    Raises:
        Failed: when the token has expired, is of a kind that we cannot use, or is restricted to
            another patient: some servers then answer that there is nothing, which would be
            taken for "nothing recorded".
    """
    if authorization is None or not authorization.access_token:
        return Bearer({})
    if (authorization.token_type or "Bearer").lower() != "bearer":
        raise Failed(TOKEN_UNUSABLE)
    if not _VISIBLE.fullmatch(authorization.access_token):
        raise Failed(TOKEN_UNUSABLE)
    if authorization.expires_in is not None and authorization.expires_in <= 0:
        raise Failed(TOKEN_EXPIRED)
    if authorization.patient and authorization.patient.removeprefix("Patient/") != patient_id:
        raise Failed(TOKEN_OF_ANOTHER)
    return Bearer({"Authorization": f"Bearer {authorization.access_token}"})
