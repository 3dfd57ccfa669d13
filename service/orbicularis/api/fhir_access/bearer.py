"""The access token of a call (CDS Hooks 2.0, Passing the Access Token to the CDS Service)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orbicularis.api.fhir_access.failed import (
    NO_TOKEN,
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


def bearer(
    authorization: FHIRAuthorization | None, patient_id: str, *, open_servers: bool
) -> Bearer:
    """Check the token of a call.

    Args:
        authorization: what the client sent.
        patient_id: the patient in context.
        open_servers: whether a server may be asked without a token, as sandboxes are; CDS Hooks
            wants one with each request.

    Raises:
        Failed: when there has to be a token and is none, when it has expired, is of a kind that
            we cannot use, or is restricted to another patient: some servers then answer that
            there is nothing, which would be taken for "nothing recorded".
    """
    if authorization is None or not authorization.access_token:
        if not open_servers:
            raise Failed(NO_TOKEN)
        return Bearer({})
    if (authorization.token_type or "Bearer").lower() != "bearer":
        raise Failed(TOKEN_UNUSABLE)
    if not _VISIBLE.fullmatch(authorization.access_token):
        raise Failed(TOKEN_UNUSABLE)
    lasts = authorization.expires_in
    if isinstance(lasts, int | float) and lasts <= 0:
        raise Failed(TOKEN_EXPIRED)
    if authorization.patient and authorization.patient.removeprefix("Patient/") != patient_id:
        raise Failed(TOKEN_OF_ANOTHER)
    return Bearer({"Authorization": f"Bearer {authorization.access_token}"})
