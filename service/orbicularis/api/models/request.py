"""What a CDS client sends (CDS Hooks 2.0, Calling a CDS Service)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty, Resource
from orbicularis.api.models.context import PatientViewContext


class FHIRAuthorization(Message):
    """Access to the client's FHIR server (2.0, Passing the Access Token to the CDS Service)."""

    access_token: str | None = Field(None, description="OAuth 2.0 access token.")
    token_type: str | None = Field(None, description="`Bearer`.")
    expires_in: float | None = Field(None, description="Lifetime of the token in seconds.")
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
        description="Base URL of the client's FHIR server. Accepted, not used yet.",
    )
    fhir_authorization: FHIRAuthorization | None = Field(
        None,
        alias="fhirAuthorization",
        description="Access to `fhirServer`. Accepted, not used yet, and never logged.",
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

    hook: Literal["patient-view"] = Field(description="The hook that triggered this call.")
    context: PatientViewContext


REQUESTS: dict[str, type[PatientViewRequest]] = {"patient-view": PatientViewRequest}
"""The shape of a request by hook; what stands here is what we can be called with."""
