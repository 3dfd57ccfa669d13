from typing import Any

import httpx
import pytest

from tests.api.outcome import issue

READABLE = [
    "application/json",
    "application/fhir+json, */*",
    "application/fhir+json",
    "*/*;q=0.1",
    "text/html, application/*;q=0.8",
    "APPLICATION/JSON; charset=utf-8",
    "application/json;q=0.000, */*",
    "",
]
UNREADABLE = ["text/html", "application/xml, image/*", "application/json;q=0", "*/*; q=0.0"]


@pytest.mark.parametrize("accept", READABLE)
def test_who_reads_json_is_answered(
    client: httpx.Client, request_body: dict[str, Any], accept: str
) -> None:
    sent = {"accept": accept}
    assert client.get("/cds-services", headers=sent).status_code == 200
    path = "/cds-services/facial-twitching"
    assert client.post(path, json=request_body, headers=sent).status_code == 200


@pytest.mark.parametrize("accept", UNREADABLE)
def test_who_reads_no_json_is_told(
    client: httpx.Client, request_body: dict[str, Any], accept: str
) -> None:
    sent = {"accept": accept}
    for response in (
        client.get("/cds-services", headers=sent),
        client.post("/cds-services/facial-twitching", json=request_body, headers=sent),
    ):
        assert response.status_code == 406
        assert issue(response)["code"] == "not-supported"


def test_without_accept_json_is_sent(base_url: str) -> None:
    with httpx.Client() as bare:
        del bare.headers["accept"]
        assert bare.get(f"{base_url}/cds-services").status_code == 200
