"""Suggestions: drafts of one order each, for this patient and encounter."""

import pytest

from orbicularis.cards.card import Suggestion
from orbicularis.cards.compose import compose
from tests.cards.made import cards, templates
from tests.support.bundles import bundle, cause, order, pro, red_flag
from tests.support.charts import assessed, done, seen

RULES = bundle(
    cause("spasm", pro("twitching", "strong"), workup={"first": ["calcium"], "then": ["scan"]}),
    order("calcium"),
    order("scan"),
)


def suggestions(**more: object) -> tuple[Suggestion, ...]:
    facts = more.pop("facts", ())
    assert isinstance(facts, tuple)
    (card,) = cards(RULES, seen("twitching"), *facts, **more)
    return card.suggestions or ()


def test_one_action_creates_a_draft_for_the_patient_and_the_encounter() -> None:
    (one,) = suggestions(patient_id="p7", encounter_id="e7")
    (action,) = one.actions
    assert action.type == "create"
    assert action.resource == {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "priority": "routine",
        "code": {"text": "calcium"},
        "subject": {"reference": "Patient/p7"},
        "encounter": {"reference": "Encounter/e7"},
        "reasonCode": [{"text": "Twitching"}],
    }


def test_without_an_encounter_none_is_named() -> None:
    (one,) = suggestions(encounter_id=None)
    assert "encounter" not in one.actions[0].resource


def test_the_description_stands_alone() -> None:
    (one,) = suggestions()
    assert one.label == "Calcium"
    assert one.actions[0].description == "Calcium. Shows calcium. For: Spasm."


def test_only_a_first_tier_is_recommended() -> None:
    (first,) = suggestions()
    assert first.is_recommended is True
    (second,) = suggestions(facts=(done("calcium"),))
    assert second.label == "Scan"
    assert second.is_recommended is None


def test_a_patients_draft_never_leaks_into_another_patients() -> None:
    shared = templates(RULES)
    before = templates(RULES)
    for patient in ("p1", "p2"):
        assessment = assessed(RULES, seen("twitching"), patient_id=patient, encounter_id="e")
        (card,) = compose(assessment, RULES.references, shared)
        (one,) = card.suggestions or ()
        assert one.actions[0].resource["subject"] == {"reference": f"Patient/{patient}"}
    assert shared == before


@pytest.mark.parametrize("priority", ["urgent", "stat"])
def test_the_priority_is_that_of_the_most_urgent_asker(priority: str) -> None:
    flag = red_flag("alarm", "twitching", orders=("calcium",), priority=priority)
    rules = bundle(flag, *RULES.causes.values(), *RULES.orders.values())
    alert, _ = cards(rules, seen("twitching"))
    (one,) = alert.suggestions or ()
    assert one.actions[0].resource["priority"] == priority
