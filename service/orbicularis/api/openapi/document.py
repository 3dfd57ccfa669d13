"""The document as a whole (OpenAPI 3.1)."""

from functools import cache

from orbicularis.api.openapi.operations import paths
from orbicularis.api.openapi.responses import HEADERS, Json
from orbicularis.api.openapi.schemas import schemas
from orbicularis.api.openapi.security import SCHEMES
from orbicularis.api.openapi.tags import TAGS
from orbicularis.api.openapi.title import TITLE, VERSION

_DESCRIPTION = """\
A CDS Hooks 2.0 service that answers with a ranked differential for facial and lip twitching,
with red flags and the orders that would settle it.

**To integrate:** read `GET /cds-services`, call `POST /cds-services/{id}` on the hook it names
with the results of the prefetch queries it lists, show the cards.

**Errors:** every answer that is not a success is a FHIR OperationOutcome
(`application/fhir+json`) that names the element and the reason, and never repeats a value that
was sent. A path that does not answer a method says 405 with `Allow`.

**Browsers:** CORS headers stand on every answer; a preflight allows `authorization` and
`content-type`.

Decision support for clinicians, not a diagnosis. Its rules need a clinician's review before
clinical use.
"""


@cache
def document() -> Json:
    """The OpenAPI document; the same for every bundle of rules."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "summary": "Clinical decision support for facial and lip twitching",
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "externalDocs": {"description": "CDS Hooks 2.0", "url": "https://cds-hooks.hl7.org/2.0/"},
        "servers": [{"url": "/", "description": "Where this document was read."}],
        "tags": TAGS,
        "paths": paths(),
        "components": {"schemas": schemas(), "headers": HEADERS, "securitySchemes": SCHEMES},
        "security": [],
    }
