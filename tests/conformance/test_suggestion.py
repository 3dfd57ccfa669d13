from typing import Any

import pytest
from fhir.resources.R4B.servicerequest import ServiceRequest

from tests.conformance.exchange import Exchange, actions, cards, suggestions


@pytest.mark.requirement("cds-hooks_2.0#92", "cds-hooks_2.0#93", "cds-hooks_2.0#94")
@pytest.mark.requirement("cds-hooks_2.0#95", "cds-hooks_2.0#96")
def test_selection_behaviour_stands_with_suggestions_and_only_there(
    exchanges: list[Exchange],
) -> None:
    found = cards(exchanges)
    assert {"suggestions" in card for card in found} == {True, False}
    for card in found:
        assert ("suggestions" in card) is ("selectionBehavior" in card)
        assert isinstance(card.get("suggestions", []), list)
        assert card.get("selectionBehavior", "any") == "any"


@pytest.mark.requirement("cds-hooks_2.0#117", "cds-hooks_2.0#118", "cds-hooks_2.0#119")
def test_every_suggestion_has_a_label_and_a_uuid_of_its_own(exchanges: list[Exchange]) -> None:
    found = suggestions(exchanges)
    for one in found:
        assert isinstance(one["label"], str)
        assert one["label"]
        assert isinstance(one["uuid"], str)
    uuids = [one["uuid"] for one in (*found, *cards(exchanges))]
    assert sorted(set(uuids)) == sorted(uuids)


@pytest.mark.requirement("cds-hooks_2.0#120", "cds-hooks_2.0#121", "cds-hooks_2.0#122")
def test_what_is_wanted_first_is_recommended_several_at_once(exchanges: list[Exchange]) -> None:
    assert {one.get("isRecommended") for one in suggestions(exchanges)} == {True, None}
    several = [
        card
        for card in cards(exchanges)
        if sum("isRecommended" in one for one in card.get("suggestions", ())) > 1
    ]
    assert several
    assert all(card["selectionBehavior"] == "any" for card in several)


@pytest.mark.requirement("cds-hooks_2.0#123", "cds-hooks_2.0#124", "cds-hooks_2.0#125")
def test_every_suggestion_has_one_action(exchanges: list[Exchange]) -> None:
    for one in suggestions(exchanges):
        assert isinstance(one["actions"], list)
        assert len(one["actions"]) == 1


@pytest.mark.requirement("cds-hooks_3.0#action-selection")
def test_nothing_but_what_2_0_defines_stands_in_a_suggestion(exchanges: list[Exchange]) -> None:
    for one in suggestions(exchanges):
        assert set(one) <= {"label", "uuid", "isRecommended", "actions"}
    for action in actions(exchanges):
        assert set(action) == {"type", "description", "resource"}


@pytest.mark.requirement("cds-hooks_2.0#127", "cds-hooks_2.0#128", "cds-hooks_2.0#129")
def test_every_action_creates_something_and_says_what_for_people(
    exchanges: list[Exchange],
) -> None:
    for one in suggestions(exchanges):
        (action,) = one["actions"]
        assert action["type"] == "create"
        assert isinstance(action["description"], str)
        # A client may show the description alone: it names the order and says why.
        assert one["label"] in action["description"]
        assert len(action["description"]) > len(one["label"])


@pytest.mark.requirement("cds-hooks_2.0#130", "cds-hooks_2.0#131", "cds-hooks_3.0#fhir-json")
def test_every_resource_is_a_new_draft_in_fhir_json_for_this_patient(
    exchanges: list[Exchange],
) -> None:
    checked = set()
    for exchange in exchanges:
        for action in actions([exchange]):
            resource = action["resource"]
            assert "id" not in resource
            assert (resource["status"], resource["intent"]) == ("draft", "proposal")
            patient = exchange.request["context"]["patientId"]
            assert resource["subject"] == {"reference": f"Patient/{patient}"}
            checked.add(_validated(resource))
    assert len(checked) > 10


def _validated(resource: dict[str, Any]) -> str:
    """The name of the order, of a resource that FHIR's own model takes as it stands."""
    model = ServiceRequest.model_validate(resource)
    assert set(model.model_dump()) - {"resourceType"} == set(resource) - {"resourceType"}
    return str(resource["code"].get("text"))


@pytest.mark.requirement("cds-hooks_3.0#response-invariants")
def test_every_answer_keeps_the_invariants_of_the_logical_model(
    exchanges: list[Exchange],
) -> None:
    for card in cards(exchanges):
        found = card.get("suggestions", [])
        if card.get("selectionBehavior") == "at-most-one":
            assert sum(one.get("isRecommended", False) for one in found) <= 1
        assert bool(found) is ("selectionBehavior" in card)
        assert all(reason["display"] for reason in card.get("overrideReasons", ()))
        assert all("appContext" not in link for link in card.get("links", ()))
        for action in (action for one in found for action in one["actions"]):
            assert action["description"]
            assert action["type"] != "delete" or "resourceId" in action
        assert all("actionSelectionBehavior" not in one for one in found)
