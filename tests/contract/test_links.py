"""The links of the document can be followed, with what the service really answers."""

import json
import re
from typing import Any

import httpx

from orbicularis.api.openapi.document import document
from orbicularis.cli.sample import sample_request

Json = dict[str, Any]

_EXPRESSION = re.compile(r"\{?\$response\.body#([^}\"]*)\}?")


def links(path: str, method: str) -> Json:
    found: Json = document()["paths"][path][method]["responses"]["200"]["links"]
    return found


def resolved(value: Any, body: Any) -> Any:
    """The value with what stands in a body in the place of each expression."""

    def pointed(found: re.Match[str]) -> str:
        place = body
        for step in found[1].strip("/").split("/"):
            place = place[int(step)] if isinstance(place, list) else place[step]
        return str(place)

    return json.loads(_EXPRESSION.sub(pointed, json.dumps(value)))


def test_every_link_leads_to_an_operation_of_the_document() -> None:
    operations = {
        operation["operationId"]
        for methods in document()["paths"].values()
        for operation in methods.values()
    }
    for path, method in (("/cds-services", "get"), ("/cds-services/{id}", "post")):
        for link in links(path, method).values():
            assert link["operationId"] in operations
            assert link["description"]


def test_discovery_leads_to_a_call_and_a_call_to_feedback(base_url: str) -> None:
    listed = httpx.get(f"{base_url}/cds-services").json()
    named = resolved(links("/cds-services", "get")["call"]["parameters"], listed)
    url = f"{base_url}/cds-services/{named['id']}"
    answer = httpx.post(url, json=sample_request()).json()
    for link in links("/cds-services/{id}", "post").values():
        assert link["parameters"] == {"id": "$request.path.id"}
        told = resolved(link["requestBody"], answer)
        assert told["feedback"][0]["card"] == answer["cards"][0]["uuid"]
        assert httpx.post(f"{url}/feedback", json=told).status_code == 200
