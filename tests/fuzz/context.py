"""What a request says of itself, as far as it can be read without the service."""

import json
from typing import Any


def tree_of(data: bytes) -> Any:
    """The request as JSON; None when it is none, or none that could be written again."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def patient_id(data: bytes) -> str | None:
    """The id of the patient in context; None where readers of JSON may differ about it."""
    tree = tree_of(data)
    context = tree.get("context") if isinstance(tree, dict) else None
    named = context.get("patientId") if isinstance(context, dict) else None
    return named.rpartition("/")[2] if isinstance(named, str) else None
