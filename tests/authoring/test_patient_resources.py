"""From a vignette's few words to the resources of a client."""

from datetime import timedelta
from typing import Any

import pytest

from orbicularis.authoring.patient_resources import ENCOUNTER_ID, PATIENT_ID, ResourceMaker
from orbicularis.knowledge.vignette import Draft, Entry, Patient
from tests.support.bundles import CODES, bundle
from tests.support.charts import NOW

MAKER = ResourceMaker(bundle(codes=("calcium",)), NOW)
SUBJECT = {"reference": f"Patient/{PATIENT_ID}"}
CALCIUM = {"coding": [{"system": CODES, "code": "calcium", "display": "calcium"}]}


def resources(**patient: Any) -> list[dict[str, Any]]:
    """Everything but the Patient, which comes first."""
    made = list(MAKER.resources(Patient.model_validate(patient)))
    assert made[0]["resourceType"] == "Patient"
    return made[1:]


def observation(**entry: Any) -> dict[str, Any]:
    (made,) = resources(observations=[entry])
    return made


@pytest.mark.parametrize("years", [0, 1, 17, 18, 44, 120])
def test_an_age_in_completed_years(years: int) -> None:
    (patient,) = MAKER.resources(Patient(age_years=years, sex="female"))
    year, month, day = map(int, patient["birthDate"].split("-"))
    had_birthday = (NOW.month, NOW.day) >= (month, day)
    assert NOW.year - year - (not had_birthday) == years
    assert patient["gender"] == "female"


def test_what_is_not_said_of_a_patient_is_left_out() -> None:
    assert list(MAKER.resources(Patient())) == [{"resourceType": "Patient", "id": PATIENT_ID}]


def test_an_observation_of_an_hour_ago() -> None:
    assert observation(code="calcium") == {
        "resourceType": "Observation",
        "id": "observation-1",
        "status": "final",
        "subject": SUBJECT,
        "code": CALCIUM,
        "effectiveDateTime": "2026-06-15T11:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (True, {"valueBoolean": True}),
        (False, {"valueBoolean": False}),
        ("mild", {"valueString": "mild"}),
        ("7", {"valueQuantity": {"value": 7.0}}),
        (
            "7.9 mg/dL",
            {
                "valueQuantity": {
                    "value": 7.9,
                    "unit": "mg/dL",
                    "system": "http://unitsofmeasure.org",
                    "code": "mg/dL",
                }
            },
        ),
        ("<4 furlong", {"valueQuantity": {"value": 4.0, "comparator": "<", "unit": "furlong"}}),
        (">= -1", {"valueQuantity": {"value": -1.0, "comparator": ">="}}),
    ],
)
def test_values(value: object, sent: dict[str, Any]) -> None:
    made = observation(text="x", value=value)
    assert {key: part for key, part in made.items() if key.startswith("value")} == sent


def test_everything_that_an_observation_may_say() -> None:
    made = observation(
        text="words",
        site="left face",
        flag="L",
        low=2.1,
        status="preliminary",
        onset_ago=timedelta(days=3),
    )
    assert made["code"] == {"text": "words"}
    assert made["bodySite"] == {"text": "left face"}
    assert made["interpretation"][0]["coding"][0]["code"] == "L"
    assert made["referenceRange"] == [{"low": {"value": 2.1}}]
    assert made["status"] == "preliminary"
    assert made["effectivePeriod"] == {"start": "2026-06-12T12:00:00+00:00"}
    assert "effectiveDateTime" not in made


@pytest.mark.parametrize(
    ("status", "key"),
    [(None, "clinicalStatus"), ("resolved", "clinicalStatus"), ("refuted", "verificationStatus")],
)
def test_the_status_of_a_condition(status: str | None, key: str) -> None:
    entry = {"code": "calcium"} | ({"status": status} if status else {})
    (made,) = resources(conditions=[entry])
    assert made[key]["coding"][0]["code"] == status or status is None
    assert ("clinicalStatus" in made) is (key == "clinicalStatus")
    assert ("verificationStatus" in made) is (key == "verificationStatus")


def test_the_other_kinds_of_records() -> None:
    entry = {"code": "calcium", "ago": timedelta(days=1)}
    made = resources(procedures=[entry], medications=[entry], orders=[entry, entry])
    yesterday = "2026-06-14T12:00:00+00:00"
    assert [(one["id"], one["status"]) for one in made] == [
        ("procedure-1", "completed"),
        ("medicationrequest-1", "active"),
        ("servicerequest-1", "active"),
        ("servicerequest-2", "active"),
    ]
    procedure, medication, request, _ = made
    assert procedure["performedDateTime"] == yesterday
    assert medication["authoredOn"] == request["authoredOn"] == yesterday
    assert medication["medicationCodeableConcept"] == CALCIUM
    assert all(one["subject"] == SUBJECT for one in made)


def test_a_reason_is_that_of_an_encounter() -> None:
    (made,) = resources(reason="lip twitching")
    assert made["id"] == ENCOUNTER_ID
    assert made["reasonCode"] == [{"text": "lip twitching"}]


def test_raw_resources_are_left_as_they_are() -> None:
    raw = {"resourceType": "Observation", "anything": [1]}
    assert resources(resources=[raw]) == [raw]


def test_drafts_are_orders_without_signature() -> None:
    made = list(
        MAKER.drafts(
            [
                Draft(medication=Entry(text="Haloperidol"), selected=True),
                Draft(order=Entry(code="calcium")),
                Draft(medication=Entry(text="Haloperidol", status="stopped")),
            ]
        )
    )
    assert [(one["resourceType"], one["id"], one["status"]) for one in made] == [
        ("MedicationRequest", "draft-1", "draft"),
        ("ServiceRequest", "draft-2", "draft"),
        ("MedicationRequest", "draft-3", "stopped"),
    ]
    assert made[0]["medicationCodeableConcept"] == {"text": "Haloperidol"}
    assert made[1]["code"] == CALCIUM


def test_new_problems_are_conditions() -> None:
    (made,) = MAKER.problems([Entry(code="calcium")])
    assert (made["resourceType"], made["id"]) == ("Condition", "new-1")
    assert made["code"] == CALCIUM
