"""Whose a record is, and each record once."""

from typing import Any

import pytest

from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, concept, observation, searchset
from tests.fhir.conftest import Read


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        (None, True),
        ({}, True),
        ({"display": "Jane"}, True),
        ({"identifier": {"value": "7"}}, True),
        ({"reference": "Patient/p1"}, True),
        ({"reference": "Patient/p1/_history/3"}, True),
        ({"reference": "https://x.org/fhir/Patient/p1"}, True),
        ({"reference": "https://x.org/fhir/Patient/p1/_history/3"}, True),
        ({"reference": "urn:uuid:p1"}, True),
        ({"reference": "Patient/p2"}, False),
        ({"reference": "Patient/p11"}, False),
        ({"reference": "https://x.org/fhir/Patient/p2"}, False),
        ({"reference": "https://x.org/Patient/p1/Patient/p2"}, False),
        ({"reference": "Group/p1"}, False),
        ({"reference": "urn:uuid:somebody"}, False),
        ({"reference": "#nobody"}, False),
    ],
)
def test_subjects(read: Read, subject: Resource | None, own: bool) -> None:
    chart = read(observation(subject=subject))
    assert (len(chart.facts), chart.of_others) == ((1, 0) if own else (0, 1))


def test_a_patient_that_a_record_contains_is_its_own(read: Read) -> None:
    inner = {"resourceType": "Patient", "id": "me"}
    assert read(observation(subject={"reference": "#me"}, contained=[inner])).facts


@pytest.mark.parametrize("patient_first", [True, False])
def test_a_subject_by_the_url_of_the_patients_entry(
    reader: Reader, service: Service, patient_first: bool
) -> None:
    entries = [
        {"fullUrl": "urn:uuid:a", "resource": {"resourceType": "Patient", "id": "p1"}},
        {"fullUrl": "urn:uuid:b", "resource": observation(subject={"reference": "urn:uuid:a"})},
        {"fullUrl": "urn:uuid:c", "resource": {"resourceType": "Patient", "id": "p2"}},
        {
            "fullUrl": "urn:uuid:d",
            "resource": observation(id="o2", subject={"reference": "urn:uuid:c"}),
        },
    ]
    bundle = {"resourceType": "Bundle", "entry": entries if patient_first else entries[::-1]}
    chart = reader.read(call(prefetch={"symptoms": bundle}), service, NOW)
    assert [fact.reference for fact in chart.facts] == ["Observation/o1"]
    assert chart.of_others == 2


def test_the_patient_in_context_may_be_given_with_its_type(
    reader: Reader, service: Service
) -> None:
    made = call(prefetch={"symptoms": searchset(observation())}, patient_id="Patient/p1")
    assert len(reader.read(made, service, NOW).facts) == 1


def test_a_record_repeated_counts_once(reader: Reader, service: Service) -> None:
    bundle = searchset(observation(), observation())
    chart = reader.read(
        call(prefetch={"symptoms": bundle, "laboratory": bundle, "mine": observation()}),
        service,
        NOW,
    )
    assert len(chart.facts) == 1


def test_others_count_once(read: Read) -> None:
    other = observation(subject={"reference": "Patient/p2"})
    assert read(other, other).of_others == 1


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"versionId": "9"}, {"versionId": "10"}),
        ({"lastUpdated": "2026-01-01T00:00:00Z"}, {"lastUpdated": "2026-01-01T00:00:00.5Z"}),
        ({"lastUpdated": "2026-01-01T00:00:00Z", "versionId": "9"},
         {"lastUpdated": "2026-02-01T00:00:00Z", "versionId": "1"}),
        (None, {"versionId": "1"}),
        ("odd", {"versionId": "1"}),
    ],
)  # fmt: skip
def test_of_two_versions_the_newer_counts(
    read: Read, newest_first: bool, old: Any, new: Any
) -> None:
    versions = [
        observation(meta=old, valueBoolean=True),
        observation(meta=new, valueBoolean=False),
    ]
    chart = read(*(versions[::-1] if newest_first else versions))
    assert [fact.state for fact in chart.facts] == ["absent"]


def test_versions_that_tell_no_age_give_one_fact_in_any_order(read: Read) -> None:
    versions = [observation(valueBoolean=True), observation(valueBoolean=False)]
    assert read(*versions).facts == read(*versions[::-1]).facts
    assert len(read(*versions).facts) == 1


def test_records_without_id_are_told_apart_by_content(read: Read) -> None:
    def nameless(**more: Any) -> Resource:
        made = observation(**more)
        del made["id"]
        return made

    assert len(read(nameless(), nameless()).facts) == 1
    assert len(read(nameless(), nameless(valueBoolean=False)).facts) == 2


def test_a_medication_by_the_url_of_its_entry(reader: Reader, service: Service) -> None:
    entries = [
        {
            "resource": {
                "resourceType": "MedicationRequest",
                "id": "m",
                "status": "active",
                "medicationReference": {"reference": "urn:uuid:med"},
            }
        },
        {
            "fullUrl": "urn:uuid:med",
            "resource": {"resourceType": "Medication", "code": concept("omeprazole")},
        },
    ]
    bundle = {"resourceType": "Bundle", "entry": entries}
    (fact,) = reader.read(call(prefetch={"mine": bundle}), service, NOW).facts
    assert fact.concepts == {"omeprazole"}


def test_a_misshapen_medication_is_named_with_who_needs_it(read: Read) -> None:
    chart = read(
        {
            "resourceType": "MedicationRequest",
            "id": "m",
            "status": "active",
            "medicationReference": {"reference": "Medication/x"},
        },
        {"resourceType": "Medication", "id": "x", "code": "omeprazole"},
    )
    assert [one.reference for one in chart.skipped] == ["MedicationRequest/m"]
