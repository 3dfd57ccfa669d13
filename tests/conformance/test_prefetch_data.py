"""What is done with data that were sent, failed, are missing or null."""

from typing import Any

import httpx
import pytest

from tests.api.outcome import issues
from tests.conformance.exchange import Exchange
from tests.conformance.patients import FAILED, SERVICE

Json = dict[str, Any]

PATH = f"/cds-services/{SERVICE}"
NOBODY = {"resourceType": "Bundle", "type": "searchset", "total": 0}


@pytest.fixture
def chart(exchanges: list[Exchange]) -> Json:
    """A request whose answer holds cards."""
    return next(one.request for one in exchanges if one.cards)


def _call(client: httpx.Client, chart: Json, prefetch: Json) -> httpx.Response:
    return client.post(PATH, json={**chart, "prefetch": prefetch})


@pytest.mark.requirement("cds-hooks_2.0#28")
def test_what_is_sent_is_what_the_cards_are_about(client: httpx.Client, chart: Json) -> None:
    emptied = {
        key: answer if key == "patient" else NOBODY for key, answer in chart["prefetch"].items()
    }
    assert _call(client, chart, chart["prefetch"]).json()["cards"]
    assert _call(client, chart, emptied).json() == {"cards": []}


@pytest.mark.requirement("cds-hooks_2.0#36", "cds-hooks_2.0#54")
@pytest.mark.parametrize("prefetch", [None, {}])
def test_without_any_source_of_symptoms_the_call_is_412_and_names_their_keys(
    client: httpx.Client, chart: Json, services: list[Json], prefetch: Json | None
) -> None:
    body = {name: part for name, part in chart.items() if name != "prefetch"}
    response = client.post(PATH, json=body if prefetch is None else {**body, "prefetch": prefetch})
    assert response.status_code == 412
    told = {key for issue in issues(response) for key in issue["expression"]}
    assert told == {"prefetch.conditions", "prefetch.symptoms", "prefetch.encounters"}
    assert told <= {f"prefetch.{key}" for key in services[0]["prefetch"]}


@pytest.mark.requirement("cds-hooks_2.0#52", "cds-hooks_2.0#54")
@pytest.mark.parametrize("failed", [FAILED, {**NOBODY, "entry": [{"resource": FAILED}]}])
def test_an_outcome_in_place_of_the_symptoms_is_a_failure_and_no_empty_result(
    client: httpx.Client, chart: Json, failed: Json
) -> None:
    response = _call(client, chart, {"symptoms": failed})
    assert response.status_code == 412
    (symptoms,) = [one for one in issues(response) if one["expression"] == ["prefetch.symptoms"]]
    assert symptoms["code"] == "incomplete"


@pytest.mark.requirement("cds-hooks_2.0#52")
def test_an_outcome_in_place_of_something_else_is_told_on_the_card(
    client: httpx.Client, chart: Json
) -> None:
    response = _call(client, chart, {**chart["prefetch"], "laboratory": FAILED})
    assert response.status_code == 200
    assert any(
        "laboratory results: could not be read" in card["detail"]
        for card in response.json()["cards"]
    )


@pytest.mark.requirement("cds-hooks_3.0#null-prefetch")
def test_null_is_taken_for_no_data_and_told_as_such(client: httpx.Client, chart: Json) -> None:
    response = _call(client, chart, {**chart["prefetch"], "orders": None})
    assert response.status_code == 200
    assert any("orders: none returned" in card["detail"] for card in response.json()["cards"])


def test_a_failure_is_never_an_empty_list_of_cards(client: httpx.Client, chart: Json) -> None:
    response = _call(client, chart, {"symptoms": NOBODY, "conditions": FAILED})
    (card,) = response.json()["cards"]
    assert card["indicator"] == "info"
    assert "could not be read" in card["detail"]
