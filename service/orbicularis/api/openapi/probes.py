"""The operations of an operator's platform."""

from orbicularis.api import refusals
from orbicularis.api.models.health import Health, Readiness
from orbicularis.api.openapi.responses import Json, failed, failure, success, text
from orbicularis.api.openapi.tags import PROBES


def health() -> Json:
    """``GET /healthz``."""
    return {
        "tags": [PROBES],
        "operationId": "health",
        "summary": "Tell whether the process lives",
        "responses": {
            "200": success("It does.", Health, {"ok": {"value": {"status": "ok"}}}),
            "500": failed(),
        },
    }


def readiness() -> Json:
    """``GET /readyz``."""
    return {
        "tags": [PROBES],
        "operationId": "readiness",
        "summary": "Tell whether calls are answered, and with which rules",
        "responses": {
            "200": success(
                "They are. The revision changes with every byte of the rules and of an overlay. "
                "Rules that were changed are taken when they have no errors; each worker "
                "process tells of itself.",
                Readiness,
                {"ready": {"value": _READY}},
            ),
            "503": failure(
                "The process is about to stop: send calls elsewhere.",
                {"leaving": refusals.leaving()},
            ),
            "500": failed(),
        },
    }


def metrics() -> Json:
    """``GET /metrics``."""
    return {
        "tags": [PROBES],
        "operationId": "metrics",
        "summary": "Show what was counted",
        "description": (
            "Requests, time, cards, suggestions and feedback, by hook, status and rule, for all "
            "worker processes together; no label tells of a patient or a user. Served in "
            "development, and elsewhere where `ORBICULARIS_METRICS` says so."
        ),
        "responses": {
            "200": text("In the text format that Prometheus reads (version 0.0.4).", _METRICS),
            "500": failed(),
        },
    }


_METRICS = """\
# HELP orbicularis_suggestions_accepted_total Suggestions that users accepted, by order.
# TYPE orbicularis_suggestions_accepted_total counter
orbicularis_suggestions_accepted_total{order="ecg-12-lead"} 12.0
"""

_READY = {
    "status": "ready",
    "bundle": {
        "name": "orbicularis-facial-twitching",
        "version": "0.1.0",
        "revision": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "min_status": "active",
    },
    "served_since": "2026-11-22T08:00:00Z",
    "age_seconds": 86400,
    "reload": {
        "watched": True,
        "stale": True,
        "last_failure": {
            "at": "2026-11-22T09:30:00Z",
            "errors": 2,
            "place": "causes/hypocalcemia.yaml:14",
            "code": "K310",
        },
    },
}
