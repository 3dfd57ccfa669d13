"""Calls on every hook: what each answers, and in which shapes orders are understood."""

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from orbicularis.api.models.card import Cards
from tests.api.hooks import HOOKS, PATH, Json, request

WARNING = "A dopamine antagonist is being ordered"

Ask = Callable[[Json], list[Json]]


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Call and give the cards, which keep to the protocol."""

    def ask(body: Json) -> list[Json]:
        response = client.post(PATH, json=body)
        assert response.status_code == 200, response.text
        Cards.model_validate_json(response.content)
        cards: list[Json] = response.json()["cards"]
        return cards

    return ask


def summaries(cards: list[Json]) -> str:
    return " | ".join(card["summary"] for card in cards)


def suggested(cards: list[Json]) -> list[str]:
    return [one["label"] for card in cards for one in card.get("suggestions", [])]


def ranked(cards: list[Json]) -> list[str]:
    extensions = [card.get("extension", {}) for card in cards]
    told = [one.get("org.orbicularis.differential", {}) for one in extensions]
    return [cause["id"] for one in told for cause in one.get("causes", [])]


@pytest.mark.parametrize("hook", HOOKS)
def test_the_sample_of_each_hook_is_answered(hook: str, ask: Ask) -> None:
    body = request(hook)
    assert body["hook"] == hook
    assert ask(body)
    assert ask(body) == ask(body)


def test_a_dopamine_antagonist_selected_for_somebody_with_tardive_movements(ask: Ask) -> None:
    alert, differential = ask(request("order-select"))
    assert alert["summary"].startswith(WARNING)
    assert alert["indicator"] == "warning"
    assert "Metoclopramide 10 mg" in alert["detail"]
    assert ranked([differential])[0] == "tardive-dyskinesia"


def test_calcium_to_be_signed_without_magnesium(ask: Ask) -> None:
    (card,) = ask(request("order-sign"))
    assert suggested([card]) == ["Magnesium"]
    (suggestion,) = card["suggestions"]
    assert "low magnesium keeps it low" in suggestion["actions"][0]["description"]
    assert card["indicator"] == "info"


def test_magnesium_among_the_drafts_is_not_suggested(ask: Ask) -> None:
    body = request("order-sign")
    entries = body["context"]["draftOrders"]["entry"]
    magnesium = copy.deepcopy(entries[0])
    magnesium["resource"] |= {
        "id": "draft-magnesium",
        "code": {"coding": [{"system": "http://loinc.org", "code": "19123-9"}]},
    }
    entries.append(magnesium)
    assert suggested(ask(body)) == []


def test_an_encounter_starts(ask: Ask) -> None:
    cards = ask(request("encounter-start"))
    assert cards[0]["indicator"] == "critical"
    assert ranked(cards)[0] == "stroke-tia"


def test_a_new_problem_counts_as_present(ask: Ask) -> None:
    body = request("problem-list-item-create")
    cards = ask(body)
    assert ranked(cards)[0] == "tardive-dyskinesia"
    assert cards[0]["indicator"] == "warning"
    resource = body["context"]["conditions"]["entry"][0]["resource"]
    for part in ("clinicalStatus", "verificationStatus", "recordedDate"):
        del resource[part]
    assert ranked(ask(body))[0] == "tardive-dyskinesia"


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_new_problem_that_is_none_does_not_count(status: str, ask: Ask) -> None:
    body = request("problem-list-item-create")
    resource = body["context"]["conditions"]["entry"][0]["resource"]
    resource["verificationStatus"]["coding"][0]["code"] = status
    assert ask(body) == []


def test_a_draft_is_never_an_exposure(ask: Ask) -> None:
    """Without her prescriptions, the drafted medicine makes no cause of her movements likelier."""
    body = request("order-select")
    del body["prefetch"]["medications"]
    with_draft = ask(body)[-1]["extension"]
    body["context"]["draftOrders"]["entry"] = []
    assert ask(body)[-1]["extension"] == with_draft


def test_a_later_hook_gives_the_full_answer_of_the_first(ask: Ask) -> None:
    """Its cards replace those of an earlier call of the same id (2.0, Update stale guidance)."""
    viewed = request("patient-view")
    signed = copy.deepcopy(viewed)
    signed |= {"hook": "order-sign"}
    signed["context"]["draftOrders"] = {"resourceType": "Bundle"}
    assert ask(signed) == ask(viewed)


def test_orders_of_another_hook_are_left_alone(ask: Ask) -> None:
    """What the definition of a hook does not name is no part of its context."""
    body = request("order-select")
    body["hook"] = "patient-view"
    assert WARNING not in summaries(ask(body))
    body = request("problem-list-item-create")
    body["hook"] = "patient-view"
    assert ask(body) == []


@pytest.mark.parametrize(
    ("selections", "warned"),
    [
        (["MedicationRequest/draft-metoclopramide"], True),
        (["draft-metoclopramide"], True),
        (["https://ehr.example.org/fhir/MedicationRequest/draft-metoclopramide"], True),
        (["ServiceRequest/draft-potassium", "MedicationRequest/draft-metoclopramide"], True),
        (["ServiceRequest/draft-potassium"], False),
        (["draft-potassium"], False),
        (["MedicationRequest/unknown"], True),
        ([], True),
    ],
)
def test_advice_is_on_what_was_selected(selections: list[str], warned: bool, ask: Ask) -> None:
    body = request("order-select")
    body["context"]["selections"] = selections
    assert (WARNING in summaries(ask(body))) is warned


def test_on_signing_all_drafts_count(ask: Ask) -> None:
    body = request("order-select")
    body["hook"] = "order-sign"
    body["context"]["selections"] = ["ServiceRequest/draft-potassium"]
    assert WARNING in summaries(ask(body))


def _without(name: str) -> Callable[[Json], None]:
    def change(resource: Json) -> None:
        del resource[name]

    return change


def _with(**parts: Any) -> Callable[[Json], None]:
    def change(resource: Json) -> None:
        resource.update(parts)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _without("intent"),
        _without("subject"),
        _without("authoredOn"),
        _with(category={"coding": [{"code": "community"}]}),
        _with(
            dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": {"start": "2030-01-01"}}}}]
        ),
        _with(vendor={"any": [1, None]}),
        _with(
            medicationCodeableConcept={
                "coding": [
                    {
                        "system": "http://www.nlm.nih.gov/research/umls/rxnorm",
                        "code": "311668",
                        "display": "Metoclopramide 10 MG Oral Tablet",
                    }
                ]
            }
        ),
        _with(
            medicationCodeableConcept=None,
            medicationReference={"reference": "#1"},
            contained=[
                {"resourceType": "Medication", "id": "1", "code": {"text": "Metoclopramide"}}
            ],
        ),
    ],
)
def test_drafts_as_real_clients_send_them(change: Callable[[Json], None], ask: Ask) -> None:
    body = request("order-select")
    del body["context"]["draftOrders"]["type"]
    change(body["context"]["draftOrders"]["entry"][1]["resource"])
    assert WARNING in summaries(ask(body))


@pytest.mark.parametrize(
    "draft",
    [
        # As the Sandbox sends while nothing is chosen yet.
        {"resourceType": "MedicationRequest", "id": "request-123", "status": "draft"},
        {"resourceType": "MedicationRequest", "id": "x", "medicationCodeableConcept": "text"},
        {"resourceType": "ServiceRequest", "id": "x", "code": {"coding": ["off"]}},
        {"resourceType": "NutritionOrder", "id": "x", "oralDiet": {}},
        {"resourceType": "Observation"},
        {},
        None,
        7,
    ],
)
def test_a_draft_that_cannot_be_read_hides_no_other(draft: Any, ask: Ask) -> None:
    body = request("order-select")
    body["context"]["draftOrders"]["entry"].insert(0, {"resource": draft})
    assert WARNING in summaries(ask(body))
    body["context"]["draftOrders"]["entry"] = [{"resource": draft}]
    assert WARNING not in summaries(ask(body))


@pytest.mark.parametrize(
    "drafts",
    [
        {},
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "entry": []},
        {"resourceType": "Bundle", "entry": {}},
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]},
        {"resourceType": "Parameters"},
    ],
)
def test_no_draft_that_can_be_read_is_no_failure(drafts: Json, ask: Ask) -> None:
    body = request("order-select")
    body["context"]["draftOrders"] = drafts
    assert ranked(ask(body))[0] == "tardive-dyskinesia"
