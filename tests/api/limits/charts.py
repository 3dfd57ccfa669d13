"""Requests of any size."""

import json
from typing import Any

from tests.api.test_refusals import GOOD

EMPTY = {"resourceType": "Bundle", "type": "searchset"}


def body(**prefetch: Any) -> bytes:
    """A call with this prefetch."""
    return json.dumps({**GOOD, "prefetch": prefetch}).encode()


def bundle(resources: list[Any]) -> dict[str, Any]:
    """A searchset of these resources."""
    return {**EMPTY, "entry": [{"resource": resource} for resource in resources]}


def observations(number: int) -> list[dict[str, Any]]:
    """Observations of this patient that show nothing."""
    subject = {"reference": f"Patient/{GOOD['context']['patientId']}"}
    return [
        {
            "resourceType": "Observation",
            "id": f"o{i}",
            "status": "final",
            "code": {"text": "shoe size"},
            "subject": subject,
        }
        for i in range(number)
    ]
