"""Operations of the document, by path."""

from orbicularis.api.openapi.call import call
from orbicularis.api.openapi.discovery import discover
from orbicularis.api.openapi.feedback import feedback
from orbicularis.api.openapi.probes import health, metrics, readiness
from orbicularis.api.openapi.responses import Json


def paths() -> Json:
    """Every path with its operation."""
    return {
        "/cds-services": {"get": discover()},
        "/cds-services/{id}": {"post": call()},
        "/cds-services/{id}/feedback": {"post": feedback()},
        "/healthz": {"get": health()},
        "/readyz": {"get": readiness()},
        "/metrics": {"get": metrics()},
    }
