"""What went wrong, told as a FHIR resource (CDS Hooks 2.0, HTTP Status Codes)."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty


class IssueCode(StrEnum):
    """The codes that we use of FHIR R4's value set issue-type."""

    STRUCTURE = "structure"
    REQUIRED = "required"
    VALUE = "value"
    NOT_FOUND = "not-found"
    NOT_SUPPORTED = "not-supported"
    TOO_LONG = "too-long"
    TOO_COSTLY = "too-costly"
    THROTTLED = "throttled"
    TIMEOUT = "timeout"
    TRANSIENT = "transient"
    INCOMPLETE = "incomplete"
    LOGIN = "login"
    SECURITY = "security"
    EXCEPTION = "exception"


class Issue(Message):
    """One thing that went wrong (FHIR R4, OperationOutcome.issue)."""

    severity: Literal["fatal", "error"] = Field(description="`fatal` for our own failures.")
    code: IssueCode = Field(description="Kind of issue, of FHIR's issue-type.")
    diagnostics: NonEmpty = Field(description="What is wrong, for people; never a sent value.")
    expression: tuple[NonEmpty, ...] | None = Field(
        None, min_length=1, description="The element of the request, such as `context.patientId`."
    )


class OperationOutcome(Message):
    """Every answer that is not a success has this body (FHIR R4, OperationOutcome)."""

    resource_type: Literal["OperationOutcome"] = Field("OperationOutcome", alias="resourceType")
    issue: tuple[Issue, ...] = Field(min_length=1, description="All that is wrong, at once.")
