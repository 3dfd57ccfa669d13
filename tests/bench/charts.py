"""Charts to measure with: so many Observations, with or without a facial twitch in them.

Most of a chart concerns no rule. Such a filler has a code of the laboratory's own and the name
of a test, and is as long as what EHRs send (1.1 KB). One in ten is a result that rules do ask
for, within its range: it has to be read and weighed like any other.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted

Resource = dict[str, Any]
"""A FHIR resource as JSON."""

SIZES = (10, 100, 1_000, 10_000)
ASKED_FOR = 10
"""One filler in so many is a result that rules ask for."""

_LOCAL = "https://laboratory.example.org/codes"
_TESTS = (
    "Haemoglobin", "Haematocrit", "Leukocytes", "Thrombocytes", "Ferritin", "Transferrin",
    "Cholesterol", "Triglycerides", "Bilirubin", "Alkaline phosphatase", "C-reactive protein",
    "Sedimentation rate", "Fibrinogen", "Prothrombin time", "Uric acid", "Lipase", "Cobalamin",
    "Folate", "Body weight", "Oxygen saturation",
)  # fmt: skip
_PLACES = ("serum", "plasma", "capillary blood", "point of care")
_NAMES = tuple(f"{test}, {place}" for test in _TESTS for place in _PLACES)
_PROBLEMS = ("Seasonal allergic rhinitis", "Osteoarthritis of knee", "Essential hypertension")
_MEDICINES = ("Lisinopril 10 mg tablet", "Cetirizine 10 mg tablet")
_NORMAL = (
    ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", 4.2, 3.5, 5.1),
    ("2951-2", "Sodium [Moles/volume] in Serum or Plasma", 140.0, 136.0, 145.0),
)
"""LOINC code and name, value and reference range in mmol/L."""


def request(size: int, *, twitching: bool) -> bytes:
    """The body of a call with so many Observations.

    Args:
        size: how many Observations there are, at least 7.
        twitching: True for a chart that gets a differential with suggestions, False for one
            in which no face twitches, which gets no cards.
    """
    now = datetime.now(UTC)
    asked = shifted(sample("hypoparathyroidism.request"), now)
    prefetch, patient = asked["prefetch"], asked["context"]["patientId"]
    if not twitching:
        for key in ("symptoms", "encounters", "laboratory", "procedures"):
            prefetch[key] = {"resourceType": "Bundle", "type": "searchset"}
    there = sum(len(prefetch[key].get("entry", ())) for key in ("symptoms", "laboratory"))
    prefetch["conditions"] = _searchset(_problem(name, patient, now) for name in _PROBLEMS)
    prefetch["medications"] = _searchset(_medicine(name, patient, now) for name in _MEDICINES)
    laboratory = prefetch["laboratory"].setdefault("entry", [])
    laboratory += [_entry(_filler(number, patient, now)) for number in range(size - there)]
    prefetch["laboratory"]["total"] = len(laboratory)
    return orjson.dumps(asked)


def irrelevant(size: int, series: str = "") -> bytes:
    """The body of a call with Observations that concern no rule, and nothing else.

    Args:
        size: how many there are.
        series: makes every code one that no other series has; without it they are those of a
            laboratory, which come again.
    """
    asked = sample("nothing-recorded.request")
    now = datetime.now(UTC)
    patient = asked["context"]["patientId"]
    resources = [_irrelevant(number, patient, now) for number in range(size)]
    if series:
        for number, one in enumerate(resources):
            one["code"]["coding"][0]["code"] = f"{series}-{number}"
    entries = [_entry(one) for one in resources]
    asked["prefetch"]["symptoms"] = {"resourceType": "Bundle", "entry": entries}
    return orjson.dumps(asked)


def _searchset(resources: Iterable[Resource]) -> Resource:
    entries = [_entry(resource) for resource in resources]
    return {
        "resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries
    }  # fmt: skip


def _entry(resource: Resource) -> Resource:
    url = f"https://ehr.example.org/fhir/{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": url,
        "resource": resource,
        "search": {"mode": "match"},
    }


def _problem(name: str, patient: str, now: datetime) -> Resource:
    clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    at = _at(now, hours=9_000)
    return {
        "resourceType": "Condition",
        "id": name.lower().replace(" ", "-"),
        "meta": {"versionId": "3", "lastUpdated": at},
        "clinicalStatus": {"coding": [{"system": clinical, "code": "active"}]},
        "code": {"coding": [{"system": _LOCAL, "code": name, "display": name}], "text": name},
        "subject": {"reference": f"Patient/{patient}", "display": "Example, Ada"},
        "onsetDateTime": at,
        "recordedDate": at,
    }


def _medicine(name: str, patient: str, now: datetime) -> Resource:
    return {
        "resourceType": "MedicationRequest",
        "id": name.lower().replace(" ", "-"),
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {
            "coding": [{"system": _LOCAL, "code": name, "display": name}],
            "text": name,
        },
        "subject": {"reference": f"Patient/{patient}", "display": "Example, Ada"},
        "authoredOn": _at(now, hours=2_000),
        "dosageInstruction": [{"text": "One tablet in the morning"}],
    }


def _at(now: datetime, hours: int) -> str:
    return (now - timedelta(hours=hours)).isoformat(timespec="seconds")


def _filler(number: int, patient: str, now: datetime) -> Resource:
    make = _asked_for if number % ASKED_FOR == ASKED_FOR - 1 else _irrelevant
    return make(number, patient, now)


def _irrelevant(number: int, patient: str, now: datetime) -> Resource:
    kind = number % len(_NAMES)
    coding = {"system": _LOCAL, "code": f"L{kind:04}", "display": _NAMES[kind]}
    quantity, ends = _measured(5.0 + number % 7, 2.0, 15.0, "g/L")
    return _observation(number, patient, now, coding, quantity, ends)


def _asked_for(number: int, patient: str, now: datetime) -> Resource:
    code, name, value, low, high = _NORMAL[number // ASKED_FOR % len(_NORMAL)]
    coding = {"system": "http://loinc.org", "code": code, "display": name}
    quantity, ends = _measured(value, low, high, "mmol/L")
    return _observation(number, patient, now, coding, quantity, ends)


def _measured(value: float, low: float, high: float, unit: str) -> tuple[Resource, Resource]:
    def quantity(number: float) -> Resource:
        system = "http://unitsofmeasure.org"
        return {"value": number, "unit": unit, "system": system, "code": unit}

    return quantity(value), {"low": quantity(low), "high": quantity(high)}


def _observation(
    number: int, patient: str, now: datetime, coding: Resource, value: Resource, ends: Resource
) -> Resource:
    """An Observation of some hours ago, as wordy as EHRs make it."""
    at = _at(now, hours=6 * number + 5)
    category = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation",
        "id": f"result-{number:08}",
        "meta": {"versionId": "1", "lastUpdated": at},
        "status": "final",
        "category": [
            {"coding": [{"system": category, "code": "laboratory", "display": "Laboratory"}]}
        ],
        "code": {"coding": [coding], "text": coding["display"]},
        "subject": {"reference": f"Patient/{patient}", "display": "Example, Ada"},
        "encounter": {"reference": f"Encounter/visit-{number // 20}"},
        "effectiveDateTime": at,
        "issued": at,
        "performer": [{"reference": "Organization/laboratory", "display": "Laboratory"}],
        "valueQuantity": value,
        "referenceRange": [ends],
    }
