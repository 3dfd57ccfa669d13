"""What a CDS client sends (CDS Hooks 2.0, Calling a CDS Service)."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty, Resource
from orbicularis.api.models.context import (
    EncounterStartContext,
    OrderSelectContext,
    OrderSignContext,
    PatientViewContext,
    ProblemListItemCreateContext,
)

_HOOK = Field(description="The hook that triggered this call.")


class FHIRAuthorization(Message):
    """Access to the client's FHIR server (2.0, Passing the Access Token to the CDS Service)."""

    access_token: str | None = Field(None, repr=False, description="OAuth 2.0 access token.")
    token_type: str | None = Field(None, description="`Bearer`.")
    expires_in: float | str | None = Field(
        None, description="Lifetime of the token in seconds, as a number."
    )
    scope: str | None = Field(None, description="Scopes that the token grants.")
    subject: str | None = Field(None, description="OAuth 2.0 client identifier of the service.")
    patient: str | None = Field(None, description="Patient to whom the token is restricted.")


class HookRequest(Message):
    """What calls of every hook have in common (2.0, HTTP Request)."""

    hook_instance: Annotated[
        NonEmpty,
        Field(
            alias="hookInstance",
            description=(
                "Identifier of this invocation, as a rule a UUID. The same call repeated with the "
                "same identifier gives the same cards with the same uuids."
            ),
        ),
    ]
    fhir_server: str | None = Field(
        None,
        alias="fhirServer",
        description=(
            "Base URL of the client's FHIR server. Asked for what `prefetch` lacks, where it is "
            "one of those that the service allows."
        ),
    )
    fhir_authorization: FHIRAuthorization | None = Field(
        None,
        alias="fhirAuthorization",
        description="Access to `fhirServer`, for this call alone. Never logged, never kept.",
    )
    prefetch: dict[str, Resource | None] | None = Field(
        None,
        description=(
            "FHIR data by the keys that discovery lists (2.0, Prefetch Template): a resource, a "
            "searchset Bundle, an OperationOutcome where the query failed, or `null` where there "
            "is nothing. Keys may be left out; what is left out counts as unknown."
        ),
    )
    extension: Any = Field(
        None, description="Whatever the client adds (2.0, Extensions). Accepted, not used."
    )


class PatientViewRequest(HookRequest):
    """A call of the hook patient-view: a chart was opened (2.0, HTTP Request)."""

    hook_version: ClassVar[str] = "1.0"

    hook: Literal["patient-view"] = _HOOK
    context: PatientViewContext


class EncounterStartRequest(HookRequest):
    """A call of the hook encounter-start: an encounter begins (2.0, HTTP Request)."""

    hook_version: ClassVar[str] = "1.0"

    hook: Literal["encounter-start"] = _HOOK
    context: EncounterStartContext


class OrderSelectRequest(HookRequest):
    """A call of the hook order-select: orders were selected (2.0, HTTP Request)."""

    hook_version: ClassVar[str] = "1.0"

    hook: Literal["order-select"] = _HOOK
    context: OrderSelectContext


class OrderSignRequest(HookRequest):
    """A call of the hook order-sign: orders are about to be signed (2.0, HTTP Request)."""

    hook_version: ClassVar[str] = "1.0"

    hook: Literal["order-sign"] = _HOOK
    context: OrderSignContext


class ProblemListItemCreateRequest(HookRequest):
    """A call of the hook problem-list-item-create: problems were created (2.0, HTTP Request)."""

    hook_version: ClassVar[str] = "0.1.0"

    hook: Literal["problem-list-item-create"] = _HOOK
    context: ProblemListItemCreateContext


Request = (
    PatientViewRequest
    | EncounterStartRequest
    | OrderSelectRequest
    | OrderSignRequest
    | ProblemListItemCreateRequest
)
"""A call of any hook; ``hook`` tells which."""

REQUESTS: dict[str, type[Request]] = {
    "patient-view": PatientViewRequest,
    "encounter-start": EncounterStartRequest,
    "order-select": OrderSelectRequest,
    "order-sign": OrderSignRequest,
    "problem-list-item-create": ProblemListItemCreateRequest,
}
"""The shape of a request by hook; what stands here is what we can be called with.

The version of each hook is that of its published definition (CDS Hooks Library, Metadata).
"""
