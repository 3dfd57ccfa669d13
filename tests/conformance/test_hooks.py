"""One service on several hooks: what discovery tells of them, and what a later one changes."""

from typing import Any

import httpx
import pytest

from tests.conformance.exchange import Exchange
from tests.conformance.patients import SERVICE

Json = dict[str, Any]

PATH = f"/cds-services/{SERVICE}"
PUBLISHED = {
    "patient-view": "1.0",
    "encounter-start": "1.0",
    "order-select": "1.0",
    "order-sign": "1.0",
    "problem-list-item-create": "0.1.0",
}
"""Hooks that are served, with the hookVersion of their definitions in HL7's library."""
NOTHING = {"resourceType": "Bundle", "type": "collection", "entry": []}
CONTEXT: dict[str, Json] = {
    "patient-view": {},
    "encounter-start": {"encounterId": "vignette-encounter"},
    "order-select": {"selections": [], "draftOrders": NOTHING},
    "order-sign": {"draftOrders": NOTHING},
    "problem-list-item-create": {"conditions": NOTHING},
}
"""What each hook needs beside user and patient, with nothing in it."""


@pytest.fixture
def chart(exchanges: list[Exchange]) -> Json:
    """A chart in which nothing alarms and orders are suggested."""
    return next(
        exchange.request
        for exchange in exchanges
        if exchange.request["hook"] == "patient-view"
        and [card["indicator"] for card in exchange.cards] == ["info"]
        and "suggestions" in exchange.cards[0]
    )


def _call(client: httpx.Client, chart: Json, hook: str, **context: Any) -> list[Json]:
    body = {
        **chart,
        "hook": hook,
        "hookInstance": f"{chart['hookInstance']} on {hook}",
        "context": {**chart["context"], **CONTEXT[hook], **context},
    }
    response = client.post(PATH, json=body)
    assert response.status_code == 200, response.text
    cards = response.json()["cards"]
    assert isinstance(cards, list)
    return cards


@pytest.mark.requirement("cds-hooks_2.0#211")
def test_one_id_stands_once_for_each_hook(services: list[Json]) -> None:
    assert {service["id"] for service in services} == {SERVICE}
    assert sorted(service["hook"] for service in services) == sorted(PUBLISHED)


@pytest.mark.requirement("cds-hooks_3.0#version", "cds-hooks_3.0#hook-version")
def test_every_entry_tells_the_versions_of_the_specification_and_of_its_hook(
    services: list[Json],
) -> None:
    for service in services:
        assert service["version"] == "2.0.0"
        assert service["hookVersion"] == PUBLISHED[service["hook"]]


@pytest.mark.requirement("cds-hooks-library_1.0.1#8", "cds-hooks-library_1.0.1#40")
@pytest.mark.requirement("cds-hooks-library_1.0.1#81")
@pytest.mark.parametrize("hook", ["order-sign", "encounter-start", "order-select"])
def test_the_patient_is_the_token_of_this_hook(services: list[Json], hook: str) -> None:
    (service,) = [one for one in services if one["hook"] == hook]
    assert all("{{context.patientId}}" in template for template in service["prefetch"].values())


@pytest.mark.parametrize("hook", PUBLISHED)
def test_the_same_chart_gives_the_same_guidance_on_every_hook(
    client: httpx.Client, chart: Json, hook: str
) -> None:
    (first,) = _call(client, chart, "patient-view")
    (later,) = _call(client, chart, hook)
    for field in ("summary", "indicator", "source", "extension"):
        assert later[field] == first[field]


@pytest.mark.requirement("cds-hooks_2.0#210")
def test_a_later_hook_updates_the_guidance(client: httpx.Client, chart: Json) -> None:
    (first,) = _call(client, chart, "patient-view")
    suggested = [one["actions"][0]["resource"] for one in first["suggestions"]]
    drafted = {**suggested[0], "id": "draft-1", "intent": "order"}
    drafts = {"resourceType": "Bundle", "entry": [{"resource": drafted}]}
    (later,) = _call(client, chart, "order-sign", draftOrders=drafts)
    assert later["uuid"] != first["uuid"]
    assert later["source"] == first["source"]
    labels = [one["label"] for one in first["suggestions"]]
    assert labels[0] not in [one["label"] for one in later.get("suggestions", ())]
    assert f"{labels[0]}: " in later["detail"]


@pytest.mark.parametrize("hook", PUBLISHED)
def test_what_the_definition_of_a_hook_requires_is_required(
    client: httpx.Client, chart: Json, hook: str
) -> None:
    needed = {"userId", "patientId", *CONTEXT[hook]}
    context = {"userId": "Practitioner/1", "patientId": "1", **CONTEXT[hook]}
    for field in sorted(needed):
        less = {name: value for name, value in context.items() if name != field}
        response = client.post(PATH, json={**chart, "hook": hook, "context": less})
        assert response.status_code == 400
        told = {path for issue in response.json()["issue"] for path in issue["expression"]}
        assert told == {f"context.{field}"}
