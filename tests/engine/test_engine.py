"""One call in, one answer out."""

from typing import Any

import msgspec
import pytest

from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.facts.call import Call
from orbicularis.facts.chart import AnswerKind
from tests.support.bundles import CODES, bundle, cause, order, pro
from tests.support.charts import NOW

SERVICE = "twitching-service"
ENGINE = Engine(
    bundle(
        cause("spasm", pro("twitching", "strong"), workup={"first": ["calcium"]}),
        order("calcium"),
        codes=("twitching", "calcium"),
    )
)
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}


def searchset(*resources: dict[str, Any]) -> dict[str, Any]:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


def observation(code: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": code,
        "status": "final",
        "code": {"coding": [{"system": CODES, "code": code}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-06-15T10:00:00Z",
    }


def answer(**prefetch: Any) -> Answer:
    raw = {
        key: None if value is None else msgspec.Raw(msgspec.json.encode(value))
        for key, value in prefetch.items()
    }
    call = Call(
        hook="patient-view",
        hook_instance="instance",
        patient_id="p1",
        encounter_id="e1",
        prefetch=raw,
    )
    return ENGINE.answer(SERVICE, call, NOW)


def test_a_chart_becomes_cards_and_the_assessment_behind_them() -> None:
    told = answer(symptoms=searchset(observation("twitching")), laboratory=searchset())
    (card,) = told.cards
    assert card.summary == "Twitching: Spasm (well supported)"
    (suggestion,) = card.suggestions or ()
    assert suggestion.actions[0].resource["subject"] == {"reference": "Patient/p1"}
    assert [result.cause.id for result in told.assessment.listed] == ["spasm"]


def test_the_same_call_gives_the_same_answer() -> None:
    prefetch = {"symptoms": searchset(observation("twitching"))}
    assert answer(**prefetch).cards == answer(**prefetch).cards


def test_an_unknown_service_is_a_key_error() -> None:
    call = Call(hook="patient-view", hook_instance="i", patient_id="p1")
    with pytest.raises(KeyError):
        ENGINE.answer("another", call, NOW)


@pytest.mark.parametrize(
    ("prefetch", "kind"),
    [
        ({}, AnswerKind.NOT_PROVIDED),
        ({"laboratory": searchset()}, AnswerKind.NOT_PROVIDED),
        ({"symptoms": OUTCOME, "laboratory": searchset()}, AnswerKind.FAILED),
    ],
    ids=["nothing", "left-out", "failed"],
)
def test_without_any_source_of_index_findings_data_are_missing(
    prefetch: dict[str, Any], kind: AnswerKind
) -> None:
    with pytest.raises(DataMissing) as missing:
        answer(**prefetch)
    assert [(one.key, one.kind) for one in missing.value.answers] == [("symptoms", kind)]
    assert str(missing.value) == f"symptoms: {kind}"


@pytest.mark.parametrize("symptoms", [None, searchset()], ids=["null", "empty"])
def test_a_source_that_answered_with_nothing_is_an_answer(symptoms: Any) -> None:
    assert answer(symptoms=symptoms).cards == ()


def test_an_index_finding_from_elsewhere_makes_up_for_a_missing_source() -> None:
    (card,) = answer(laboratory=searchset(observation("twitching"))).cards
    assert "symptoms: not sent" in card.detail
