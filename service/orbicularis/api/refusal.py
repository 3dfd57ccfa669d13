"""Refusals: why a request is not answered, and the response that says so."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import Response

from orbicularis.api.models.outcome import Issue, IssueCode, OperationOutcome

MEDIA_TYPE = "application/fhir+json"
"""FHIR's own type for its JSON (FHIR R4, The RESTful API: Content Types).

CDS Hooks asks for JSON and for an OperationOutcome and names no type; with FHIR's a client
knows the body for a resource before it reads it.
"""


class Refusal(Exception):
    """A request that is not answered; carries everything that its response needs.

    Attributes:
        status: HTTP status.
        issues: all that is wrong.
        headers: headers that the status asks for, such as ``Allow``.
    """

    def __init__(
        self,
        status: HTTPStatus,
        issues: Sequence[Issue],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the response needs."""
        self.status = status
        self.issues = tuple(issues)
        self.headers = headers
        super().__init__(f"{status.value}: {len(self.issues)} issue(s)")

    def outcome(self) -> OperationOutcome:
        """The resource that tells what is wrong."""
        return OperationOutcome(resourceType="OperationOutcome", issue=self.issues)

    def response(self) -> Response:
        """The response that carries it."""
        return Response(
            self.outcome().model_dump_json(by_alias=True, exclude_none=True),
            status_code=self.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def refusal(
    status: HTTPStatus,
    code: IssueCode,
    diagnostics: str,
    *,
    expression: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refusal:
    """A refusal for one reason."""
    return Refusal(status, [issue(code, diagnostics, expression)], headers)


def issue(code: IssueCode, diagnostics: str, expression: str | None = None) -> Issue:
    """One issue; only what we did wrong ourselves is fatal."""
    return Issue(
        severity="fatal" if code is IssueCode.EXCEPTION else "error",
        code=code,
        diagnostics=diagnostics,
        expression=(expression,) if expression else None,
    )
