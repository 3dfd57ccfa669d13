import json
import re
from typing import Any

import httpx
import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome

from tests.conformance.exchange import Exchange, empties
from tests.conformance.patients import SERVICE

Json = dict[str, Any]

PATH = f"/cds-services/{SERVICE}"
NO_DATA = json.dumps(
    {
        "hook": "patient-view",
        "hookInstance": "1",
        "context": {"userId": "Practitioner/1", "patientId": "1"},
    }
).encode()


@pytest.mark.requirement("cds-hooks_2.0#74", "cds-hooks_2.0#75", "cds-hooks_3.0#system-actions")
def test_every_call_gives_an_object_with_cards_and_no_system_actions(
    exchanges: list[Exchange],
) -> None:
    assert len(exchanges) > 150
    for exchange in exchanges:
        assert exchange.response.status_code == 200, exchange.name
        answer = exchange.response.json()
        assert set(answer) == {"cards"}, exchange.name
        assert isinstance(answer["cards"], list), exchange.name


@pytest.mark.requirement("cds-hooks_2.0#77")
def test_where_there_is_nothing_to_say_the_list_is_empty(exchanges: list[Exchange]) -> None:
    assert [one for one in exchanges if one.response.content == b'{"cards":[]}']


@pytest.mark.requirement("cds-hooks_2.0#1", "cds-hooks_3.0#plain-json")
def test_everything_is_json_by_its_type_and_by_a_strict_reader(
    client: httpx.Client, exchanges: list[Exchange]
) -> None:
    refusal = client.post(PATH, json={})
    for response in (client.get("/cds-services"), refusal, *(one.response for one in exchanges)):
        assert re.fullmatch("application/(fhir\\+)?json", response.headers["content-type"])
        # Comments and trailing commas are errors to this reader, NaN is with the hook.
        json.loads(response.content.decode(), parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise AssertionError(constant)


@pytest.mark.requirement("cds-hooks_2.0#1")
def test_nothing_but_json_is_accepted(client: httpx.Client) -> None:
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        response = client.post(PATH, content=b"{}", headers={"content-type": kind})
        assert response.status_code == 415
    assert client.post(PATH, content=b"cards, please").status_code == 400


@pytest.mark.requirement("cds-hooks_2.0#3")
def test_nothing_in_an_answer_is_null_or_empty_but_the_list_of_cards(
    exchanges: list[Exchange],
) -> None:
    for exchange in exchanges:
        assert empties(exchange.response.json()["cards"]) == [], exchange.name


@pytest.mark.requirement("cds-hooks_2.0#76", "cds-hooks_3.0#error-outcome")
@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", "/nothing", {}, None, 404),
        ("POST", "/cds-services/none", {}, b"{}", 404),
        ("GET", PATH, {}, None, 405),
        ("DELETE", "/cds-services", {}, None, 405),
        ("GET", "/cds-services", {"accept": "text/html"}, None, 406),
        ("POST", PATH, {}, b"", 400),
        ("POST", PATH, {}, b"[]", 400),
        ("POST", PATH, {}, b'{"hook": "patient-view"}', 400),
        ("POST", PATH, {}, b'{"hook": "appointment-book"}', 400),
        ("POST", PATH, {"content-type": "text/plain"}, b"{}", 415),
        (
            "POST",
            PATH,
            {},
            NO_DATA,
            412,
        ),
    ],
)
def test_every_answer_other_than_2xx_is_an_operation_outcome(
    client: httpx.Client,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
) -> None:
    response = client.request(method, path, headers=headers, content=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/fhir+json"
    outcome = OperationOutcome.model_validate_json(response.content)
    assert all(issue.diagnostics for issue in outcome.issue)
