"""The context of each hook: what its definition requires, and how what is wrong is told."""

from typing import Any

import httpx
import pytest

from tests.api.hooks import HOOKS, PATH, request
from tests.api.outcome import issue, issues


@pytest.mark.parametrize(
    "user",
    ["Practitioner/1", "PractitionerRole/A2340113", "Patient/1288992", "RelatedPerson/7", "abc"],
)
@pytest.mark.parametrize("hook", HOOKS)
def test_users_of_every_type(hook: str, user: str, client: httpx.Client) -> None:
    body = request(hook)
    body["context"]["userId"] = user
    assert client.post(PATH, json=body).json()["cards"]


REQUIRED = {
    "patient-view": ("userId", "patientId"),
    "encounter-start": ("userId", "patientId", "encounterId"),
    "order-select": ("userId", "patientId", "selections", "draftOrders"),
    "order-sign": ("userId", "patientId", "draftOrders"),
    "problem-list-item-create": ("userId", "patientId", "conditions"),
}


@pytest.mark.parametrize(("hook", "name"), [(h, n) for h, names in REQUIRED.items() for n in names])
def test_a_required_field_that_is_missing_is_named(
    hook: str, name: str, client: httpx.Client
) -> None:
    body = request(hook)
    del body["context"][name]
    response = client.post(PATH, json=body)
    assert response.status_code == 400
    told = issue(response)
    assert told["code"] == "required"
    assert told["expression"] == [f"context.{name}"]
    assert told["diagnostics"] == f"context.{name}: Field required."


@pytest.mark.parametrize("hook", HOOKS)
def test_everything_that_is_missing_is_named_at_once(hook: str, client: httpx.Client) -> None:
    body = request(hook) | {"context": {}}
    response = client.post(PATH, json=body)
    assert response.status_code == 400
    named = {one["expression"][0] for one in issues(response)}
    assert named == {f"context.{name}" for name in REQUIRED[hook]}


@pytest.mark.parametrize(
    ("hook", "name", "value", "words"),
    [
        ("encounter-start", "encounterId", "", "Input should be a FHIR id."),
        ("encounter-start", "encounterId", None, "Input should be a string."),
        ("order-select", "selections", None, "Input should be an array."),
        ("order-select", "selections", "MedicationRequest/1", "Input should be an array."),
        ("order-select", "selections", {}, "Input should be an array."),
        ("order-select", "draftOrders", None, "Input should be an object."),
        ("order-select", "draftOrders", [], "Input should be an object."),
        ("order-sign", "draftOrders", "none", "Input should be an object."),
        ("order-sign", "draftOrders", [{"resourceType": "Bundle"}], "Input should be an object."),
        ("problem-list-item-create", "conditions", [], "Input should be an object."),
        ("problem-list-item-create", "conditions", None, "Input should be an object."),
    ],
)
def test_a_required_field_of_another_type_is_named(
    hook: str, name: str, value: Any, words: str, client: httpx.Client
) -> None:
    body = request(hook)
    body["context"][name] = value
    response = client.post(PATH, json=body)
    assert response.status_code == 400
    told = issue(response)
    assert told["expression"] == [f"context.{name}"]
    assert told["diagnostics"] == f"context.{name}: {words}"


@pytest.mark.parametrize("value", [[1], ["a", None], [{"reference": "secret"}], [["secret"]]])
def test_selections_are_texts(value: Any, client: httpx.Client) -> None:
    body = request("order-select")
    body["context"]["selections"] = value
    response = client.post(PATH, json=body)
    assert response.status_code == 400
    told = issue(response)
    assert told["expression"] == ["context.selections"]
    assert told["diagnostics"] == "context.selections, one of its items: Input should be a string."


def test_another_hook_is_refused_with_those_that_are_answered(client: httpx.Client) -> None:
    response = client.post(PATH, json=request("order-sign") | {"hook": "order-dispatch"})
    assert response.status_code == 400
    told = issue(response)
    assert told["expression"] == ["hook"]
    assert all(hook in told["diagnostics"] for hook in HOOKS)
