"""Responses of the document: what each status means, with an example of each."""

from collections.abc import Mapping
from typing import Any

from orbicularis.api import refusals
from orbicularis.api.models.base import Message
from orbicularis.api.models.outcome import OperationOutcome
from orbicularis.api.openapi.schemas import ref
from orbicularis.api.refusal import MEDIA_TYPE, Refusal

Json = dict[str, Any]

_REQUEST_ID = "0b9c5c7f3d0d4d2a8a0d8a7e5b1f9c3e"
_HEADERS = {"X-Request-ID": {"$ref": "#/components/headers/RequestId"}}

HEADERS: Json = {
    "RequestId": {
        "description": "Identifies this request in the log of the service.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "example": _REQUEST_ID,
    }
}


def success(
    description: str, model: type[Message], examples: Json, links: Json | None = None
) -> Json:
    """A response of status 200; ``links`` tell what can be done next with it."""
    return {
        "description": description,
        "headers": _HEADERS,
        "content": {"application/json": {"schema": ref(model), "examples": examples}},
        **({"links": links} if links else {}),
    }


def empty(description: str) -> Json:
    """A response of status 200 without a body."""
    return {"description": description, "headers": _HEADERS}


def text(description: str, example: str) -> Json:
    """A response of status 200 that is plain text."""
    return {
        "description": description,
        "headers": _HEADERS,
        "content": {
            "text/plain": {"schema": {"type": "string"}, "examples": {"text": {"value": example}}}
        },
    }


def failure(description: str, examples: Mapping[str, Refusal]) -> Json:
    """A response that is an OperationOutcome; the examples are what the code itself sends."""
    return {
        "description": description,
        "headers": _HEADERS,
        "content": {
            MEDIA_TYPE: {
                "schema": ref(OperationOutcome),
                "examples": {
                    name: {
                        "value": refused.outcome().model_dump(
                            mode="json", by_alias=True, exclude_none=True
                        )
                    }
                    for name, refused in examples.items()
                },
            }
        },
    }


def unacceptable() -> Json:
    """A 406, which every operation of the protocol may give."""
    return failure(
        "The client accepts no JSON. Without an Accept header, JSON is sent.",
        {"no-json": refusals.unacceptable()},
    )


def failed() -> Json:
    """A 500, which any operation may give."""
    return failure(
        "The service failed. The log tells more about the request that is named.",
        {"failed": refusals.failed(_REQUEST_ID)},
    )
