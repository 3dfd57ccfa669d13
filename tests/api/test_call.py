import copy
import json
from typing import Any

import httpx
import pytest
from fhir.resources.R4B.servicerequest import ServiceRequest

from orbicularis.api.models.card import Cards

PATH = "/cds-services/facial-twitching"


def test_the_sample_patient_gets_cards_that_keep_to_the_protocol(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    response = client.post(PATH, json=request_body)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    answer = Cards.model_validate_json(response.content)
    ranked = [
        cause["id"]
        for card in answer.cards
        for cause in (card.extension or {})
        .get("org.orbicularis.differential", {})
        .get("causes", [])
    ]
    assert ranked[0] == "hypoparathyroidism"


def test_nothing_in_a_response_is_null_or_empty_but_the_list_of_cards(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    def empties(value: Any) -> list[Any]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [
                found
                for part in value
                for found in ([part] if part in (None, "", [], {}) else empties(part))
            ]
        return []

    assert empties(client.post(PATH, json=request_body).json()) == []


def test_suggested_resources_are_valid_fhir_for_this_patient(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    cards = client.post(PATH, json=request_body).json()["cards"]
    resources = [
        action["resource"]
        for card in cards
        for suggestion in card.get("suggestions", [])
        for action in suggestion["actions"]
    ]
    assert resources
    for resource in resources:
        ServiceRequest.model_validate(resource)
        assert resource["status"] == "draft"
        assert resource["subject"]["reference"] == "Patient/demo-hypoparathyroidism"


def test_the_same_call_repeated_gives_the_same_answer(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    first, second = (client.post(PATH, json=request_body).json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", [f"{PATH}/", "/cds-services//facial-twitching"])
def test_slashes_of_real_clients_are_answered_without_a_redirect(
    client: httpx.Client, request_body: dict[str, Any], path: str
) -> None:
    response = client.post(path, json=request_body)
    assert response.status_code == 200
    assert response.json() == client.post(PATH, json=request_body).json()


def test_a_chart_without_an_index_finding_gets_no_cards(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    for key, answer in request_body["prefetch"].items():
        if answer["resourceType"] == "Bundle":
            request_body["prefetch"][key] = {
                "resourceType": "Bundle",
                "type": "searchset",
                "total": 0,
            }
    response = client.post(PATH, json=request_body)
    assert (response.status_code, response.json()) == (200, {"cards": []})


@pytest.mark.requirement("cds-hooks_3.0#request-extension")
def test_unknown_fields_are_left_alone_everywhere(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    strange = copy.deepcopy(request_body)
    strange |= {"vendor": [{"x": 1}, None], "extension": ["anything"], "hookVersion": 7}
    strange["context"] |= {"vendor": {"deep": [1]}, "selections": [1], "draftOrders": None}
    strange["prefetch"] |= {"vendor": {"resourceType": "Basic"}}
    response = client.post(PATH, json=strange)
    assert response.status_code == 200
    assert response.json() == client.post(PATH, json=request_body).json()


def test_fhir_access_and_nulls_are_accepted(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    request_body |= {
        "fhirServer": "https://ehr.example.org/fhir",
        "fhirAuthorization": {
            "access_token": "opaque",
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": "user/Observation.read",
            "subject": "orbicularis",
        },
        "extension": None,
    }
    request_body["context"]["encounterId"] = None
    request_body["prefetch"]["vendor"] = None
    assert client.post(PATH, json=request_body).status_code == 200


def test_a_patient_reference_stands_for_its_id(
    client: httpx.Client, request_body: dict[str, Any]
) -> None:
    by_id = client.post(PATH, json=request_body).json()
    request_body["context"]["patientId"] = "Patient/demo-hypoparathyroidism"
    request_body["context"]["encounterId"] = "Encounter/demo-visit"
    assert client.post(PATH, json=request_body).json() == by_id


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/fhir+json",
        None,
    ],
)
def test_json_is_accepted_under_each_of_its_names(
    client: httpx.Client, request_body: dict[str, Any], content_type: str | None
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    response = client.post(PATH, content=json.dumps(request_body).encode(), headers=headers)
    assert response.status_code == 200


def test_the_last_of_two_equal_keys_counts(client: httpx.Client) -> None:
    body = (
        b'{"hook":"order-sign","hook":"patient-view","hookInstance":"1",'
        b'"context":{"userId":"Practitioner/1","patientId":"1"}}'
    )
    assert client.post(PATH, content=body).status_code == 412
