"""Operations of the document: what can be asked, and everything that may come back."""

from http import HTTPStatus

from orbicularis.api import refusals
from orbicularis.api.missing import data_missing
from orbicularis.api.models.card import Cards
from orbicularis.api.models.discovery import Discovery
from orbicularis.api.models.health import Health, Readiness
from orbicularis.api.models.outcome import IssueCode
from orbicularis.api.models.request import PatientViewRequest
from orbicularis.api.openapi.responses import Json, failure, success
from orbicularis.api.openapi.schemas import ref
from orbicularis.api.refusal import Refusal, issue
from orbicularis.api.sample import sample
from orbicularis.engine.engine import DataMissing
from orbicularis.facts.chart import AnswerKind, SourceAnswer

SERVICE_ID = "facial-twitching"
_REQUEST_ID = "0b9c5c7f3d0d4d2a8a0d8a7e5b1f9c3e"
_PROTOCOL = "CDS Hooks"
_PROBES = "Probes"

TAGS = [
    {"name": _PROTOCOL, "description": "What an EHR calls."},
    {"name": _PROBES, "description": "What an operator's platform calls."},
]


def paths() -> Json:
    """Every path with its operation."""
    return {
        "/cds-services": {"get": _discover()},
        "/cds-services/{id}": {"post": _call()},
        "/healthz": {"get": _health()},
        "/readyz": {"get": _readiness()},
    }


def _discover() -> Json:
    return {
        "tags": [_PROTOCOL],
        "operationId": "discover",
        "summary": "List the services",
        "description": (
            "Tells which service to call on which hook, and which FHIR queries to resolve and "
            "send along (CDS Hooks 2.0, Discovery). Also answered with a trailing slash; never a "
            "redirect."
        ),
        "responses": {
            "200": success(
                "The services, once per hook. The queries follow from the rules that are served.",
                Discovery,
                {"services": {"value": sample("discovery")}},
            ),
            "500": _failed(),
        },
    }


def _call() -> Json:
    return {
        "tags": [_PROTOCOL],
        "operationId": "call",
        "summary": "Call a service",
        "description": (
            "Sends what the hook knows and what the prefetch queries gave, and gets cards (CDS "
            "Hooks 2.0, Calling a CDS Service). What is not sent is unknown and never taken for "
            "normal. Nothing is kept: the same call gives the same answer, with the same uuids. "
            "Also answered with a trailing slash; never a redirect. Fields that are not described "
            "here are ignored."
        ),
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "The `id` of a service, from discovery.",
                "schema": {"type": "string", "minLength": 1},
                "example": SERVICE_ID,
            }
        ],
        "requestBody": {
            "required": True,
            "description": "The call, as JSON in UTF-8 and not compressed.",
            "content": {
                "application/json": {"schema": ref(PatientViewRequest), "examples": _requests()}
            },
        },
        "responses": {"200": _cards(), **_refusals(), "500": _failed()},
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
        "404": failure("There is no such service.", {"unknown": refusals.unknown_service()}),
        "412": failure(
            "None of the sources in which the service looks for its findings was sent, or none "
            "could be read (CDS Hooks 2.0, HTTP Status Codes). Each is named with the reason.",
            {"no-data": data_missing(DataMissing(_UNANSWERED))},
        ),
        "413": failure(
            "The body is longer than this service accepts (16 MiB unless set otherwise).",
            {"too-long": refusals.too_long(16 * 1024 * 1024)},
        ),
        "415": failure(
            "The body is declared to be something else than JSON, or to be compressed. A missing "
            "Content-Type is taken for JSON.",
            {"not-json": refusals.wrong_type(), "compressed": refusals.wrong_coding()},
        ),
    }


_UNANSWERED = (
    SourceAnswer("conditions", AnswerKind.NOT_PROVIDED, index=True),
    SourceAnswer(
        "symptoms", AnswerKind.FAILED, index=True, detail="OperationOutcome (error exception)"
    ),
    SourceAnswer("encounters", AnswerKind.NOT_PROVIDED, index=True),
)


def _failed() -> Json:
    return failure(
        "The service failed. The log tells more about the request that is named.",
        {"failed": refusals.failed(_REQUEST_ID)},
    )


def _health() -> Json:
    return {
        "tags": [_PROBES],
        "operationId": "health",
        "summary": "Tell whether the process lives",
        "responses": {
            "200": success("It does.", Health, {"ok": {"value": {"status": "ok"}}}),
            "500": _failed(),
        },
    }


def _readiness() -> Json:
    return {
        "tags": [_PROBES],
        "operationId": "readiness",
        "summary": "Tell whether calls are answered, and with which rules",
        "responses": {
            "200": success(
                "They are. The revision changes with every byte of the rules.",
                Readiness,
                {"ready": {"value": _READY}},
            ),
            "500": _failed(),
        },
    }


_READY = {
    "status": "ready",
    "bundle": {
        "name": "orbicularis-facial-twitching",
        "version": "0.1.0",
        "revision": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    },
}
