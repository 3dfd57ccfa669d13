import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.conformance.exchange import Exchange, empties

Json = dict[str, Any]


@pytest.mark.requirement("cds-hooks_2.0#4", "cds-hooks_2.0#5", "cds-hooks_2.0#6")
@pytest.mark.requirement("cds-hooks_2.0#13")
def test_discovery_is_a_list_of_services_at_its_path(client: httpx.Client) -> None:
    response = client.get("/cds-services")
    assert response.status_code == 200
    answer = response.json()
    assert set(answer) == {"services"}
    assert answer["services"]
    assert all(isinstance(service, dict) for service in answer["services"])


@pytest.mark.requirement("cds-hooks_2.0#5")
def test_discovery_is_there_whatever_is_asked_with_it(client: httpx.Client) -> None:
    plain = client.get("/cds-services").content
    for headers in (
        {"accept": "application/json"},
        {"accept": "application/fhir+json, */*; q=0.1"},
        {"authorization": "Bearer of-somebody"},
        {"origin": "https://ehr.example.org"},
    ):
        assert client.get("/cds-services", headers=headers).content == plain
    assert client.get("/cds-services?_=1").content == plain


@pytest.mark.requirement("cds-hooks_2.0#7", "cds-hooks_2.0#9", "cds-hooks_2.0#10")
def test_every_service_tells_its_hook_description_and_id(services: list[Json]) -> None:
    for service in services:
        for field in ("hook", "description", "id"):
            assert isinstance(service[field], str), field
            assert service[field].strip() == service[field] != "", field


@pytest.mark.requirement("cds-hooks_2.0#8", "cds-hooks_2.0#12")
def test_every_service_has_a_title_and_says_what_it_needs(services: list[Json]) -> None:
    for service in services:
        assert isinstance(service["title"], str)
        assert isinstance(service["usageRequirements"], str)
        assert service["title"]
        assert service["usageRequirements"]


@pytest.mark.requirement("cds-hooks_2.0#10", "cds-hooks_2.0#16")
def test_every_service_answers_under_its_id(
    client: httpx.Client, services: list[Json], exchanges: list[Exchange]
) -> None:
    request = exchanges[0].request
    for service in services:
        identifier = service["id"]
        assert quote(identifier, safe="") == identifier
        assert client.post(f"/cds-services/{identifier}", json=request).status_code == 200
        assert client.post(f"/cds-services/{identifier}-not", json=request).status_code == 404


@pytest.mark.requirement("cds-hooks_2.0#14")
def test_discovery_refuses_what_it_does_not_answer(client: httpx.Client) -> None:
    assert client.post("/cds-services", json={}).status_code == 405
    assert client.get("/cds-services", headers={"accept": "text/xml"}).status_code == 406


@pytest.mark.requirement("cds-hooks_2.0#3")
def test_nothing_in_discovery_is_null_or_empty(services: list[Json]) -> None:
    assert empties(services) == []


@pytest.mark.requirement("cds-hooks_3.0#description-markdown")
def test_a_description_reads_well_as_markdown_and_as_it_stands(services: list[Json]) -> None:
    for service in services:
        assert not re.search(r"[<>`*_#|\[\]\n]", service["description"])
