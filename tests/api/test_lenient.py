"""What clients send a little otherwise, and what must not be taken for "nothing to say"."""

import codecs
import json
from typing import Any

import httpx
import pytest

PATH = "/cds-services/facial-twitching"
EMPTY = {"resourceType": "Bundle", "type": "searchset", "total": 0}
KEYS = (
    "conditions", "symptoms", "encounters", "laboratory", "vital-signs",
    "procedures", "medications", "orders", "reports",
)  # fmt: skip
SUBJECT = {"reference": "Patient/p1"}
SPASM = {"text": "Hemifacial spasm"}
CONDITION = {"resourceType": "Condition", "id": "c1", "subject": SUBJECT, "code": SPASM}
TWITCH = {
    "resourceType": "Observation",
    "id": "o1",
    "status": "final",
    "subject": SUBJECT,
    "code": {"text": "Twitching of the lip"},
    "valueBoolean": True,
}


def _call(client: httpx.Client, patient_id: str = "p1", **prefetch: Any) -> httpx.Response:
    """A call in which every key was answered, as a rule with nothing."""
    sent = {
        key: {**EMPTY, "entry": [{"resource": prefetch[key]}]} if key in prefetch else EMPTY
        for key in KEYS
    }
    person = {"resourceType": "Patient", "id": "p1"}
    body = {
        "hook": "patient-view",
        "hookInstance": "i1",
        "context": {"userId": "Practitioner/1", "patientId": patient_id},
        "prefetch": {"patient": person, **sent},
    }
    return client.post(PATH, json=body)


def test_nothing_recorded_is_nothing_to_say(client: httpx.Client) -> None:
    assert _call(client).json() == {"cards": []}


@pytest.mark.parametrize("status", ["active", {"coding": [{"code": "active"}]}])
def test_a_status_is_read_as_code_and_as_concept(client: httpx.Client, status: Any) -> None:
    (card,) = _call(client, conditions={**CONDITION, "clinicalStatus": status}).json()["cards"]
    assert card["summary"].startswith("Facial spasm")


@pytest.mark.parametrize(
    ("key", "resource"),
    [
        ("conditions", {**CONDITION, "code": "Hemifacial spasm"}),
        ("conditions", {**CONDITION, "clinicalStatus": 7}),
        ("symptoms", {**TWITCH, "valueBoolean": "true"}),
        ("symptoms", {**TWITCH, "code": [{"text": "Twitching of the lip"}]}),
        ("symptoms", "Twitching of the lip"),
        ("encounters", {"resourceType": "Encounter", "id": "e1", "subject": "Patient/p1"}),
    ],
)
def test_a_record_that_may_hold_it_and_cannot_be_read_is_told(
    client: httpx.Client, key: str, resource: Any
) -> None:
    (card,) = _call(client, **{key: resource}).json()["cards"]
    assert card["indicator"] == "info"
    assert "part of the record could not be read" in card["summary"]
    assert "1 record(s) could not be understood" in card["detail"]


def test_an_unreadable_record_of_another_kind_is_no_reason_to_speak(client: httpx.Client) -> None:
    broken = {"resourceType": "MedicationRequest", "id": "m1", "subject": SUBJECT, "status": 7}
    assert _call(client, medications=broken).json() == {"cards": []}


@pytest.mark.parametrize(
    "patient_id", ["p1", "Patient/p1", "https://ehr.example.org/fhir/R4/Patient/p1"]
)
def test_a_reference_to_the_patient_will_do_for_the_id(
    client: httpx.Client, patient_id: str
) -> None:
    response = _call(client, patient_id, symptoms=TWITCH)
    (card,) = response.json()["cards"]
    requests = [one["actions"][0]["resource"] for one in card.get("suggestions", ())]
    assert card["summary"].startswith("Facial twitching")
    assert all(request["subject"] == SUBJECT for request in requests)


def test_a_byte_order_mark_is_passed_over(client: httpx.Client) -> None:
    body = json.dumps({"hook": "none"}).encode()
    plain, marked = (client.post(PATH, content=one) for one in (body, codecs.BOM_UTF8 + body))
    assert marked.json() == plain.json()
    assert "hook" in marked.text


def test_an_empty_body_is_told_as_such(client: httpx.Client) -> None:
    response = client.post(PATH, content=b"")
    assert response.status_code == 400
    assert "The body is empty" in response.text


@pytest.mark.parametrize(
    "path", ["/cds-services//", "//cds-services", "/cds-services///facial-twitching//"]
)
def test_slashes_too_many_are_no_other_place(client: httpx.Client, path: str) -> None:
    method = "POST" if "facial" in path else "GET"
    response = client.request(method, f"{client.base_url}".rstrip("/") + path, json={})
    assert response.status_code == (400 if method == "POST" else 200)


def test_feedback_is_found_with_slashes_too_many(client: httpx.Client) -> None:
    for path in (
        f"{PATH}//feedback",
        f"{PATH}/feedback/",
        "/cds-services//facial-twitching/feedback",
    ):
        assert client.post(path, json={"feedback": []}).status_code == 200
