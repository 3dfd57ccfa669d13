"""Reading an OperationOutcome, with FHIR's own model as judge."""

from typing import Any

import httpx
from fhir.resources.R4B.operationoutcome import OperationOutcome


def issues(response: httpx.Response) -> list[dict[str, Any]]:
    """The issues of an answer that must be an OperationOutcome."""
    assert response.headers["content-type"] == "application/fhir+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-request-id"]
    outcome = response.json()
    OperationOutcome.model_validate(outcome)
    assert all(
        set(issue) <= {"severity", "code", "diagnostics", "expression"}
        for issue in outcome["issue"]
    )
    found = outcome["issue"]
    assert isinstance(found, list)
    return found


def issue(response: httpx.Response) -> dict[str, Any]:
    """The only issue."""
    (found,) = issues(response)
    return found
