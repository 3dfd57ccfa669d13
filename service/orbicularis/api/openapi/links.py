"""Links: what a client may do next with an answer (OpenAPI 3.1, Link Object).

Discovery leads to a call, a call to feedback on its first card. Tools that follow links test
the three together, with the uuids that the service really gave.
"""

from orbicularis.api.openapi.responses import Json

_TIME = "2026-11-20T10:05:31Z"
_CARD = "{$response.body#/cards/0/uuid}"
_SUGGESTION = "{$response.body#/cards/0/suggestions/0/uuid}"


def of_discovery() -> Json:
    """From a service that is listed to a call of it."""
    return {
        "call": {
            "operationId": "call",
            "description": "The `id` of a service is the one to call it by.",
            "parameters": {"id": "$response.body#/services/0/id"},
        }
    }


def of_call() -> Json:
    """From a card to what a user did with it."""
    return {
        "accepted": _feedback(
            "The `uuid` of a card, and of its suggestion that was accepted, are told in feedback.",
            {"outcome": "accepted", "acceptedSuggestions": [{"id": _SUGGESTION}]},
        ),
        "overridden": _feedback(
            "The `uuid` of a card that was dismissed is told in feedback.",
            {"outcome": "overridden"},
        ),
    }


def _feedback(description: str, done: Json) -> Json:
    return {
        "operationId": "feedback",
        "description": description,
        "parameters": {"id": "$request.path.id"},
        "requestBody": {"feedback": [{"card": _CARD, **done, "outcomeTimestamp": _TIME}]},
    }
