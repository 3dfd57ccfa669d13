"""The operation of a call: what is sent, and everything that may come back."""

from http import HTTPStatus

from orbicularis.api import refusals
from orbicularis.api.missing import data_missing
from orbicularis.api.models.card import Cards
from orbicularis.api.models.outcome import IssueCode
from orbicularis.api.models.request import REQUESTS
from orbicularis.api.openapi import links
from orbicularis.api.openapi.bounds import bounds, too_large
from orbicularis.api.openapi.responses import Json, failed, failure, success, unacceptable
from orbicularis.api.openapi.schemas import one_of
from orbicularis.api.openapi.security import SECURITY, unauthenticated
from orbicularis.api.openapi.tags import PROTOCOL
from orbicularis.api.refusal import Refusal, issue
from orbicularis.api.sample import sample
from orbicularis.engine.engine import DataMissing
from orbicularis.facts.chart import AnswerKind, SourceAnswer

SERVICE: Json = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The `id` of a service, from discovery.",
    "schema": {"type": "string", "minLength": 1},
    "example": "facial-twitching",
}
"""The parameter that says which service is meant."""


def call() -> Json:
    """``POST /cds-services/{id}``."""
    return {
        "tags": [PROTOCOL],
        "security": SECURITY,
        "operationId": "call",
        "summary": "Call a service",
        "description": (
            "Sends what the hook knows and what the prefetch queries gave, and gets cards (CDS "
            "Hooks 2.0, Calling a CDS Service). What is not sent is unknown and never taken for "
            "normal. Nothing is kept: the same call gives the same answer, with the same uuids. "
            "Also answered with a trailing slash; never a redirect. Fields that are not described "
            "here are ignored."
        ),
        "parameters": [SERVICE],
        "requestBody": {
            "required": True,
            "description": "The call, as JSON in UTF-8 and not compressed.",
            "content": {
                "application/json": {"schema": one_of(REQUESTS, "hook"), "examples": _requests()}
            },
        },
        "responses": {"200": _cards(), **_refusals(), "500": failed()},
    }


def _requests() -> Json:
    return {
        "hypoparathyroidism": {
            "summary": "Twitching lips five months after a thyroidectomy",
            "description": (
                "Seen on 20 November 2026. How long a record speaks counts from the time of the "
                "call: move the dates when you send it."
            ),
            "value": sample("hypoparathyroidism.request"),
        },
        "order-select": {
            "summary": "Metoclopramide selected for somebody with tardive dyskinesia",
            "value": sample("order-select.request"),
        },
        "order-sign": {
            "summary": "A calcium about to be signed, without magnesium, where the lips twitch",
            "value": sample("order-sign.request"),
        },
        "encounter-start": {
            "summary": "An emergency begins: face and arm of one side are weak",
            "value": sample("encounter-start.request"),
        },
        "problem-list-item-create": {
            "summary": "Tardive dyskinesia put on the problem list",
            "value": sample("problem-list-item-create.request"),
        },
        "nothing-recorded": {
            "summary": "A chart in which nothing concerns this service",
            "value": sample("nothing-recorded.request"),
        },
    }


def _cards() -> Json:
    return success(
        "Cards, or an empty list when there is nothing to say. A failure is never an empty list.",
        Cards,
        {
            "hypoparathyroidism": {
                "summary": "A differential with its workup",
                "value": sample("hypoparathyroidism.response"),
            },
            "nothing-to-say": {"summary": "Nothing to say", "value": {"cards": []}},
        },
        links.of_call(),
    )


def _refusals() -> Json:
    return {
        "400": failure(
            "The body is not what it should be; every field that is wrong is named.",
            {
                "missing-field": Refusal(
                    HTTPStatus.BAD_REQUEST,
                    [
                        issue(
                            IssueCode.REQUIRED,
                            "context.patientId: Field required.",
                            "context.patientId",
                        )
                    ],
                ),
                "not-json": refusals.not_json("Input data was truncated"),
            },
        ),
        "401": unauthenticated(),
        "404": failure("There is no such service.", {"unknown": refusals.unknown_service()}),
        "406": unacceptable(),
        "412": failure(
            "None of the sources in which the service looks for its findings was sent, or none "
            "could be read (CDS Hooks 2.0, HTTP Status Codes). Each is named with the reason.",
            {"no-data": data_missing(DataMissing(_UNANSWERED), {one.key for one in _UNANSWERED})},
        ),
        "413": too_large(),
        "415": failure(
            "The body is declared to be something else than JSON, or to be compressed. A missing "
            "Content-Type is taken for JSON.",
            {"not-json": refusals.wrong_type(), "compressed": refusals.wrong_coding()},
        ),
        **bounds(),
    }


_UNANSWERED = (
    SourceAnswer("conditions", AnswerKind.NOT_PROVIDED, index=True),
    SourceAnswer(
        "symptoms", AnswerKind.FAILED, index=True, detail="OperationOutcome (error exception)"
    ),
    SourceAnswer("encounters", AnswerKind.NOT_PROVIDED, index=True),
)
