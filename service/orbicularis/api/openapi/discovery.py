"""The operation of discovery."""

from orbicularis.api.models.discovery import Discovery
from orbicularis.api.openapi import links
from orbicularis.api.openapi.bounds import misdirected
from orbicularis.api.openapi.responses import Json, failed, success, unacceptable
from orbicularis.api.openapi.security import SECURITY, unauthenticated
from orbicularis.api.openapi.tags import PROTOCOL
from orbicularis.api.sample import sample


def discover() -> Json:
    """``GET /cds-services``."""
    return {
        "tags": [PROTOCOL],
        "security": SECURITY,
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
                links.of_discovery(),
            ),
            "401": unauthenticated(),
            "406": unacceptable(),
            **misdirected(),
            "500": failed(),
        },
    }
