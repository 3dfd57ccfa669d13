"""How sources answer: left out, null, empty, failed, not all pages."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from orbicularis.facts.call import Call
from orbicularis.facts.chart import Chart
from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, condition, observation, searchset

OWN = observation()
OTHERS = observation(id="o9", subject={"reference": "Patient/p2"})


def outcome(severity: str | None = None, **more: Any) -> Resource:
    issue = {"code": "exception", "diagnostics": "secret", **more}
    if severity is not None:
        issue["severity"] = severity
    return {"resourceType": "OperationOutcome", "issue": [issue]}


@pytest.mark.parametrize(
    ("value", "kind", "facts"),
    [
        (None, "none-returned", 0),
        (searchset(), "empty", 0),
        ({"resourceType": "Bundle", "type": "searchset", "total": 0}, "empty", 0),
        ({"resourceType": "Bundle", "entry": None}, "empty", 0),
        (searchset(OWN), "answered", 1),
        ({"resourceType": "Bundle", "entry": [{"resource": OWN}]}, "answered", 1),
        ({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": OWN}]},
         "answered", 1),
        ({"entry": [{"resource": OWN}]}, "answered", 1),
        (OWN, "answered", 1),
        (searchset(observation("unasked")), "answered", 0),
        (searchset(searchset(OWN)), "answered", 1),
        (searchset(OWN, link=[{"relation": "self"}]), "answered", 1),
        (searchset(OWN, link=[{"relation": "next", "url": "http://x"}]), "incomplete", 1),
        (searchset(link=[{"relation": "next", "url": "http://x"}]), "incomplete", 0),
        (searchset(OWN, link="odd"), "answered", 1),
        (searchset(OTHERS), "empty", 0),
        (searchset(OWN, OTHERS), "answered", 1),
        (outcome("error"), "failed", 0),
        (outcome("information"), "failed", 0),
        (searchset(outcome("error")), "failed", 0),
        (searchset(outcome("fatal"), OTHERS), "failed", 0),
        (searchset(outcome()), "failed", 0),
        (searchset(outcome("warning")), "none-returned", 0),
        (searchset(OWN, outcome("warning")), "answered", 1),
        (searchset(OWN, outcome("error")), "incomplete", 1),
        (searchset({"resourceType": "OperationOutcome", "issue": 5}), "failed", 0),
        ({}, "failed", 0),
        ([], "failed", 0),
        ([OWN], "failed", 0),
        ("Observation", "failed", 0),
        (5, "failed", 0),
        ({"resourceType": 5}, "failed", 0),
        ({"resourceType": "Bundle", "entry": {"resource": OWN}}, "failed", 0),
        ({"resourceType": "Bundle", "entry": [None, 5, {}, {"resource": "x"}]}, "failed", 0),
        ({"resourceType": "Bundle", "entry": [5, {"resource": OWN}]}, "answered", 1),
        ({"resourceType": "Bundle", "entry": [None, {"resource": OWN}]}, "answered", 1),
        ({"resourceType": "List", "entry": 5}, "answered", 0),
    ],
)  # fmt: skip
def test_kinds_of_answers(
    reader: Reader, service: Service, value: object, kind: str, facts: int
) -> None:
    chart = reader.read(call(prefetch={"symptoms": value}), service, NOW)
    assert chart.answers["symptoms"].kind == kind
    assert len(chart.facts) == facts


def test_a_key_left_out_was_not_provided(reader: Reader, service: Service) -> None:
    chart = reader.read(call(), service, NOW)
    assert {key: answer.kind for key, answer in chart.answers.items()} == {
        "patient": "not-provided",
        "symptoms": "not-provided",
        "laboratory": "not-provided",
    }
    assert [key for key, answer in chart.answers.items() if answer.index] == ["symptoms"]


def test_null_may_come_undecoded(reader: Reader, service: Service) -> None:
    chart = reader.read(_with(call(), msgspec.Raw(b"null")), service, NOW)
    assert chart.answers["symptoms"].kind == "none-returned"


def _with(made: Call, value: msgspec.Raw) -> Call:
    return replace(made, prefetch={"symptoms": value})


@pytest.mark.parametrize(
    ("value", "index"),
    [
        (searchset(OWN), True),
        (searchset(condition(id="c")), True),
        ({"resourceType": "Patient", "id": "p1"}, False),
        ({"resourceType": "Practitioner", "id": "x"}, False),
        (searchset({"resourceType": "MedicationRequest", "id": "m"}), False),
        (searchset(), True),
        (searchset(OTHERS), True),
        (None, True),
        (outcome("error"), True),
    ],
)
def test_a_key_of_the_clients_own_is_read_and_may_hold_an_index_finding(
    reader: Reader, service: Service, value: object, index: bool
) -> None:
    chart = reader.read(call(prefetch={"EPIC_1": value}), service, NOW)
    assert chart.answers["EPIC_1"].index is index
    assert bool(chart.facts) is (value in (searchset(OWN), searchset(condition(id="c"))))


def test_what_failed_is_told_without_the_text_of_the_outcome(
    reader: Reader, service: Service
) -> None:
    for value in (outcome("error"), searchset(outcome("error"))):
        chart = reader.read(call(prefetch={"symptoms": value}), service, NOW)
        assert chart.answers["symptoms"].detail == "OperationOutcome (error exception)"
    for code in ("Jane Doe 1970", "Doe"):
        odd = outcome("error", code=code)
        chart = reader.read(call(prefetch={"symptoms": odd}), service, NOW)
        assert chart.answers["symptoms"].detail == "OperationOutcome (error)"


def test_bad_entries_are_named(reader: Reader, service: Service) -> None:
    value = {"resourceType": "Bundle", "entry": [5, {"resource": OWN}, {"search": {}}]}
    chart = reader.read(call(prefetch={"symptoms": value}), service, NOW)
    assert [one.reference for one in chart.skipped] == ["an entry in symptoms"]
    assert len(chart.facts) == 1


def test_a_bundle_three_deep_is_named_and_not_read(reader: Reader, service: Service) -> None:
    deep = searchset(searchset(searchset(OWN, id="deep")))
    chart = reader.read(call(prefetch={"symptoms": deep}), service, NOW)
    assert chart.facts == ()
    assert [one.reason for one in chart.skipped] == ["a Bundle within a Bundle within a Bundle"]


def test_nesting_beyond_measure_fails_the_source(reader: Reader, service: Service) -> None:
    bottomless = b"[" * 100_000 + b"]" * 100_000
    text = json.dumps(searchset(OWN, extension="here")).encode().replace(b'"here"', bottomless)
    chart = reader.read(_with(call(), msgspec.Raw(text)), service, NOW)
    assert chart.answers["symptoms"].kind == "failed"
    assert chart.answers["symptoms"].detail == "it is nested too deeply"


def test_draft_orders_are_drafts(reader: Reader, service: Service) -> None:
    drafts = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": {
                "resourceType": "ServiceRequest", "status": "draft",
                "code": {"coding": [{"system": "http://loinc.org", "code": "calcium"}]},
            }},
            {"resource": {
                "resourceType": "MedicationRequest", "id": "m", "status": "active",
                "medicationCodeableConcept": {"text": "Omeprazole"},
            }},
            {"resource": {"resourceType": "MedicationRequest", "id": "n", "status": "draft"}},
            {"resource": OWN},
        ],
    }  # fmt: skip
    chart = reader.read(call(drafts=drafts), service, NOW)
    assert sorted((fact.source, *fact.concepts) for fact in chart.facts) == [
        ("draft", "calcium"),
        ("draft", "omeprazole"),
    ]
    assert chart.skipped == ()


def test_new_problems_are_conditions(reader: Reader, service: Service) -> None:
    new = {key: part for key, part in condition().items() if key != "clinicalStatus"}
    chart = reader.read(call(problems=searchset(new, OWN)), service, NOW)
    (fact,) = chart.facts
    assert (fact.source, fact.progress) == ("condition", "active")


def test_unreadable_context_is_named(reader: Reader, service: Service) -> None:
    chart = reader.read(call(drafts=[], problems=outcome("error")), service, NOW)
    assert [one.reference for one in chart.skipped] == [
        "context.conditions",
        "context.draftOrders",
    ]


def test_the_person(reader: Reader, service: Service) -> None:
    def who(**more: Any) -> tuple[int | None, str | None]:
        patient = {"resourceType": "Patient", "id": "p1", **more}
        chart: Chart = reader.read(call(prefetch={"patient": patient}), service, NOW)
        return chart.person.age_years, chart.person.sex

    assert who(birthDate="1990-06-15", gender="female") == (36, "female")
    assert who(birthDate="1990-06-16", gender="male") == (35, "male")
    assert who(birthDate="2026-06-01", gender="other") == (0, None)
    assert who(birthDate="1990-06", gender="unknown") == (35, None)
    assert who(birthDate="1990") == (35, None)
    assert who(birthDate="2027-01-01") == (None, None)
    assert who(birthDate="1880-01-01") == (None, None)
    assert who() == (None, None)
    assert who(id="p2", birthDate="1990-06-15") == (None, None)
    assert who(birthDate=1990) == (None, None)
