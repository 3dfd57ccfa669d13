"""Whatever arrives as JSON: reading never fails, and its result says what could be read."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.facts.call import Call
from orbicularis.facts.chart import Chart
from orbicularis.fhir.reader import Reader
from orbicularis.fhir.structs.care import DiagnosticReport, Encounter, ServiceRequest
from orbicularis.fhir.structs.condition import Condition
from orbicularis.fhir.structs.element import Element
from orbicularis.fhir.structs.medication import (
    Medication,
    MedicationAdministration,
    MedicationRequest,
    MedicationStatement,
)
from orbicularis.fhir.structs.observation import Observation
from orbicularis.fhir.structs.person import FamilyMemberHistory, Patient
from orbicularis.fhir.structs.procedure import Procedure
from tests.fhir.chart import NOW, call, concept, raw, searchset
from tests.fhir.small_bundle import small_bundle

BUNDLE = small_bundle()
SERVICE = BUNDLE.services["twitching-service"]
READER = Reader(BUNDLE)

KINDS: tuple[type[Element], ...] = (
    Observation, Condition, Procedure, Encounter, ServiceRequest, DiagnosticReport, Patient,
    FamilyMemberHistory, Medication, MedicationRequest, MedicationStatement,
    MedicationAdministration,
)  # fmt: skip

_WORDS = (
    "", "twitching", "Lip twitching", "no", "final", "active", "#x", "Medication/x", "p1",
    "Patient/p1", "urn:uuid:x", "2026-02-30", "9999-12-31", "0001", "7.9 mg/dL", "\x00", "\ud83d",
    "http://example.org/codes", "Bundle", "OperationOutcome", "x" * 30_000,
)  # fmt: skip
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(_WORDS)
    | st.text(max_size=20)
)
_NAMES = sorted(
    {
        field.encode_name
        for kind in KINDS
        for field in msgspec.structs.fields(kind)
    }
    | {"resourceType", "entry", "resource", "coding", "text", "system", "code", "contained"}
)  # fmt: skip
_JSON = st.recursive(
    _SCALARS | st.just(concept("twitching", "Lip twitching")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def resources(draw: st.DrawFn) -> dict[str, Any]:
    """A resource of a kind that is read, in which anything may stand anywhere."""
    kind = draw(st.sampled_from(KINDS))
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    made = draw(st.dictionaries(st.sampled_from([*names, "id", "contained"]), _JSON, max_size=6))
    return {"code": concept("twitching"), **made, "resourceType": kind.__name__}


def _encoded(value: object) -> msgspec.Raw:
    """As a careless encoder would write it: NaN and lone surrogates included."""
    return msgspec.Raw(json.dumps(value).encode())


def _checked(made: Call) -> Chart:
    chart = READER.read(made, SERVICE, NOW)
    for fact in chart.facts:
        hash(fact)
        for date in (fact.at, fact.began, fact.ended):
            assert date is None or date.tzinfo is not None
        assert fact.concepts or fact.answers or fact.mentions or fact.orders
        assert len(fact.label) < 1_000
    return chart


@given(st.dictionaries(st.sampled_from(["patient", "symptoms", "mine"]), _JSON))
def test_any_json_for_a_key(prefetch: dict[str, Any]) -> None:
    made = call()
    chart = _checked(
        Call(
            hook=made.hook,
            hook_instance=made.hook_instance,
            patient_id=made.patient_id,
            prefetch={key: _encoded(value) for key, value in prefetch.items()},
        )
    )
    assert set(chart.answers) == {"patient", "symptoms", "laboratory", *prefetch}


@given(st.lists(resources(), max_size=4), _JSON, _JSON)
def test_any_resources_anywhere(some: list[dict[str, Any]], drafts: Any, problems: Any) -> None:
    value = _encoded(searchset(*some))
    made = call(encounter_id="e1")
    _checked(
        Call(
            hook=made.hook,
            hook_instance=made.hook_instance,
            patient_id=made.patient_id,
            encounter_id="e1",
            prefetch={"symptoms": value},
            drafts=_encoded(drafts),
            problems=_encoded(searchset(problems) if problems else some),
        )
    )


@given(st.binary(max_size=60))
def test_bytes_that_are_no_json(noise: bytes) -> None:
    text = json.dumps(searchset({"resourceType": "Observation", "code": "HERE"})).encode()
    for value in (noise, text.replace(b'"HERE"', noise)):
        made = call()
        _checked(
            Call(
                hook=made.hook,
                hook_instance=made.hook_instance,
                patient_id=made.patient_id,
                prefetch={"symptoms": msgspec.Raw(value)},
            )
        )


@pytest.mark.parametrize("part", ["text", "display"])
def test_a_text_of_a_megabyte_is_searched_in_part_and_told(part: str) -> None:
    long = "Lip twitching. " + "nothing of note here. " * 50_000
    code = {"text": long} if part == "text" else {"coding": [{"display": long}]}
    resource = {"resourceType": "Observation", "id": "o", "status": "final", "code": code}
    chart = _checked(call(prefetch={"symptoms": searchset(resource)}))
    assert [fact.mentions[0].finding for fact in chart.facts] == ["twitching"]
    assert [one.reference for one in chart.skipped] == ["Observation/o"]


def test_reasons_for_skipping_hold_no_patient_data() -> None:
    secret = "Jane Doe, born 1970"
    some: list[dict[str, Any]] = [
        {"resourceType": "Observation", "id": "a", "code": secret},
        {"resourceType": "Observation", "id": "b", "code": concept("twitching"),
         "valueBoolean": secret},
        {"resourceType": "Condition", "id": "c", "code": concept("twitching"), "bodySite": secret},
        {"resourceType": "Encounter", "id": "d", "reasonCode": {secret: secret}},
    ]  # fmt: skip
    chart = READER.read(call(prefetch={"symptoms": searchset(*some)}), SERVICE, NOW)
    assert len(chart.skipped) == 4
    assert not any("Jane" in one.reason or "1970" in one.reason for one in chart.skipped)


def test_the_deepest_resource_that_can_be_looked_at(reader: Reader) -> None:
    for depth in (100, 400, 800, 2_000):
        nested = b"[" * depth + b"]" * depth
        text = json.dumps(
            {"resourceType": "Observation", "code": concept("twitching"), "component": "HERE"}
        ).encode()
        value = bytes(raw(searchset())).replace(
            b"[]", b'[{"resource":' + text.replace(b'"HERE"', nested) + b"}]"
        )
        _checked(
            Call(
                hook="h",
                hook_instance="i",
                patient_id="p1",
                prefetch={"symptoms": msgspec.Raw(value)},
            )
        )
