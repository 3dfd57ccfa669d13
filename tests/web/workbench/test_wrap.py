"""A Bundle is made into the request that a client would send for it."""

import json
from typing import Any

import pytest

from orbicularis.api.refusal import Refusal
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates
from orbicularis.web.workbench.pasted import DEEPEST, MOST_HOLDING, read
from orbicularis.web.workbench.wrap import wrap

Json = dict[str, Any]

PATIENT = {"resourceType": "Patient", "id": "p1"}


def _bundle(*resources: Json, **more: Any) -> Json:
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources], **more}


def _wrap(engine: Engine, bundle: Json) -> tuple[Json, str]:
    service = engine.bundle.services["facial-twitching"]
    request, done = wrap(bundle, service, templates(service, engine.bundle))
    return request, "\n".join(done)


def _observation(category: str | None = None, code: str = "x") -> Json:
    coded = [{"coding": [{"code": category}]}] if category else None
    observation = {"resourceType": "Observation", "code": {"coding": [{"code": code}]}}
    return observation | ({"category": coded} if coded else {})


@pytest.mark.parametrize(
    ("resource", "key"),
    [
        ({"resourceType": "Condition"}, "conditions"),
        ({"resourceType": "Encounter"}, "encounters"),
        ({"resourceType": "MedicationRequest"}, "medications"),
        ({"resourceType": "ServiceRequest"}, "orders"),
        ({"resourceType": "DiagnosticReport"}, "reports"),
        ({"resourceType": "Procedure"}, "procedures"),
        (_observation("vital-signs"), "vital-signs"),
        (_observation("exam"), "symptoms"),
        (_observation("laboratory", "17861-6"), "laboratory"),
        (_observation(None, "17861-6"), "laboratory"),
        # What no query would return still stands among its like.
        (_observation(), "symptoms"),
        ({"resourceType": "MedicationStatement"}, "other"),
        ({"resourceType": "Coverage"}, "other"),
        ({}, "other"),
    ],
)
def test_each_record_stands_under_the_key_that_asks_for_it(
    engine: Engine, resource: Json, key: str
) -> None:
    request, _ = _wrap(engine, _bundle(PATIENT, resource))
    assert request["prefetch"].keys() == {"patient", key}
    assert request["prefetch"][key]["entry"] == [{"resource": resource}]
    assert request["prefetch"]["patient"] == PATIENT


def test_what_the_bundle_holds_none_of_is_left_out_and_told(engine: Engine) -> None:
    request, done = _wrap(engine, _bundle(PATIENT, {"resourceType": "Condition"}))
    assert "laboratory" not in request["prefetch"]
    assert "Left out, as it holds none: symptoms, examination and social history" in done
    assert "Not sent is unknown, not absent." in done


def test_several_patients_are_told(engine: Engine) -> None:
    request, done = _wrap(engine, _bundle(PATIENT, {"resourceType": "Patient", "id": "p2"}))
    assert request["context"]["patientId"] == "p1"
    assert "the first of 2 Patients in it" in done


def test_a_patient_is_found_by_what_refers_to_it(engine: Engine) -> None:
    subject = {"reference": "https://ehr.example.org/fhir/Patient/p7"}
    for name in ("subject", "patient"):
        request, done = _wrap(engine, _bundle({"resourceType": "Condition", name: subject}))
        assert request["context"]["patientId"] == "p7"
        assert "the first subject named" in done


def test_a_patient_without_id_is_called_by_its_url(engine: Engine) -> None:
    url = "urn:uuid:5f0c1b0e-6a39-4c3a-9f0e-0d8a1c1e7b52"
    entry = {"fullUrl": url, "resource": {"resourceType": "Patient"}}
    request, _ = _wrap(engine, {"resourceType": "Bundle", "entry": [entry]})
    assert request["context"]["patientId"] == url.removeprefix("urn:uuid:")
    assert request["prefetch"]["patient"]["id"] == url.removeprefix("urn:uuid:")


def test_a_bundle_with_further_pages_stays_one(engine: Engine) -> None:
    link = {"relation": "next", "url": "https://ehr.example.org/fhir?page=2"}
    bundle = _bundle(PATIENT, {"resourceType": "Condition"}, link=[{"relation": "self"}, link])
    request, _ = _wrap(engine, bundle)
    assert request["prefetch"]["conditions"]["link"] == [link]


@pytest.mark.parametrize(
    "bundle",
    [
        {},
        {"entry": None},
        {"entry": 1},
        {"entry": [1, None, {"resource": 1}, {"fullUrl": 1}]},
        {"entry": [{"resource": {"resourceType": "Patient"}}]},
        {"entry": [{"resource": {"subject": {"reference": 1}}}]},
    ],
)
def test_a_bundle_of_nobody_is_refused(engine: Engine, bundle: Json) -> None:
    with pytest.raises(Refusal) as refused:
        _wrap(engine, bundle)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "odd",
    [
        {"resourceType": "Observation", "category": 1, "code": "x"},
        {"resourceType": "Observation", "category": [1], "code": {"coding": [1, {}]}},
        {"resourceType": ["Observation"]},
        {"resourceType": "Condition", "subject": [1]},
    ],
)
def test_misshapen_records_are_passed_on(engine: Engine, odd: Json) -> None:
    request, _ = _wrap(engine, _bundle(PATIENT, odd))
    kept = [
        entry["resource"]
        for part in request["prefetch"].values()
        for entry in part.get("entry", ())
    ]
    assert kept == [odd]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_what_no_resource_comes_near_to_is_refused(
    engine: Engine, opening: str, closing: str
) -> None:
    service = engine.bundle.services["facial-twitching"]

    def nested(levels: int) -> bytes:
        return f'{{"a":{opening * levels}1{closing * levels}}}'.encode()

    assert read(nested(DEEPEST - 1), service, {}).done == ()
    with pytest.raises(Refusal) as refused:
        read(nested(DEEPEST), service, {})
    assert f"more than {DEEPEST} levels deep" in str(refused.value.issues[0].diagnostics)


@pytest.mark.parametrize("one", ["[],", "{},"])
def test_more_arrays_and_objects_than_a_chart_has_are_refused(engine: Engine, one: str) -> None:
    service = engine.bundle.services["facial-twitching"]

    def holding(number: int) -> bytes:
        return f'{{"a":[{one * number}1]}}'.encode()

    assert read(holding(MOST_HOLDING - 2), service, {}).done == ()
    with pytest.raises(Refusal) as refused:
        read(holding(MOST_HOLDING - 1), service, {})
    assert refused.value.status == 413


def test_what_is_made_of_a_bundle_is_no_longer_than_the_bundle(engine: Engine) -> None:
    nested: Any = 1
    for _ in range(DEEPEST - 10):
        nested = [nested]
    bundle = json.dumps(_bundle(PATIENT, {"resourceType": "Condition", "a": [nested] * 200}))
    service = engine.bundle.services["facial-twitching"]
    made = read(bundle.encode(), service, templates(service, engine.bundle))
    assert len(made.body) < len(bundle) + 1000


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "The body is empty"),
        (b" \n", "The body is empty"),
        (b"\xef\xbb\xbf[]", "no JSON object"),
        (b"[", "Line 1, column 2:"),
        (b'{"a": 1,\n\n "b" 2}', "Line 3, column 6:"),
        ('{"ü": "ä", x}'.encode(), "Line 1, column 12:"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"{} {}", "Line 1, column 5:"),
    ],
)
def test_an_error_is_told_with_its_place(engine: Engine, sent: bytes, words: str) -> None:
    service = engine.bundle.services["facial-twitching"]
    with pytest.raises(Refusal) as refused:
        read(sent, service, {})
    assert words in str(refused.value.issues[0].diagnostics)
