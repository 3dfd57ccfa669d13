"""From a vignette's small patient to the FHIR R4 resources that a client would send."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.vignette import Draft, Entry, Patient
from orbicularis.units.ucum import ucum

PATIENT_ID = "vignette"
ENCOUNTER_ID = "vignette-encounter"

Resource = dict[str, Any]

_QUANTITY = re.compile(
    r"^(?P<comparator><=|>=|<|>)?\s*(?P<number>-?\d+(\.\d+)?)\s*(?P<unit>\S*( / \S+)?)$"
)
"""A number with at most one unit; more words than that are an answer in words."""

_CLINICAL = {"active", "recurrence", "relapse", "inactive", "remission", "resolved"}
_CLINICAL_SYSTEM = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFICATION_SYSTEM = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_INTERPRETATION_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
_UCUM = "http://unitsofmeasure.org"


class ResourceMaker:
    """Makes the resources of one patient at one time, with codes of one bundle."""

    def __init__(self, bundle: Bundle, now: datetime) -> None:
        """Keep the terminology and the time."""
        self._bundle = bundle
        self._now = now

    def resources(self, patient: Patient) -> Iterator[Resource]:
        """Yield the Patient, then everything recorded of it, each with an id."""
        yield self._patient(patient)
        if patient.reason is not None:
            yield self._encounter(patient.reason)
        groups: tuple[tuple[tuple[Entry, ...], Callable[[Entry], Resource]], ...] = (
            (patient.observations, self._observation),
            (patient.conditions, self._condition),
            (patient.procedures, self._procedure),
            (patient.medications, self._medication),
            (patient.orders, self._order),
        )
        for entries, make in groups:
            for number, entry in enumerate(entries, start=1):
                resource = make(entry)
                yield {**resource, "id": f"{resource['resourceType'].lower()}-{number}"}
        yield from patient.resources

    def drafts(self, drafts: Iterable[Draft]) -> Iterator[Resource]:
        """Yield the unsigned orders of a session, each with an id."""
        for number, draft in enumerate(drafts, start=1):
            entry = draft.entry
            make = self._order if draft.medication is None else self._medication
            yield {**make(entry), "id": f"draft-{number}", "status": entry.status or "draft"}

    def problems(self, entries: Iterable[Entry]) -> Iterator[Resource]:
        """Yield problems that were just created, each with an id."""
        for number, entry in enumerate(entries, start=1):
            yield {**self._condition(entry), "id": f"new-{number}"}

    def _patient(self, patient: Patient) -> Resource:
        resource: Resource = {"resourceType": "Patient", "id": PATIENT_ID}
        if patient.age_years is not None:
            # Half a year past the birthday, so that a leap day cannot change the age.
            born = self._now - timedelta(days=patient.age_years * 365.25 + 183)
            resource["birthDate"] = f"{born:%Y-%m-%d}"
        if patient.sex is not None:
            resource["gender"] = patient.sex
        return resource

    def _encounter(self, reason: str) -> Resource:
        return {
            "resourceType": "Encounter",
            "id": ENCOUNTER_ID,
            "status": "in-progress",
            "subject": _subject(),
            "period": {"start": self._at(timedelta(hours=1))},
            "reasonCode": [{"text": reason}],
        }

    def _observation(self, entry: Entry) -> Resource:
        resource: Resource = {
            "resourceType": "Observation",
            "status": entry.status or "final",
            "subject": _subject(),
            "code": self._concept(entry),
            **self._effective(entry),
            **_value(entry),
        }
        if entry.site is not None:
            resource["bodySite"] = {"text": entry.site}
        if entry.flag is not None:
            coding = {"system": _INTERPRETATION_SYSTEM, "code": entry.flag}
            resource["interpretation"] = [{"coding": [coding]}]
        limits = {"low": entry.low, "high": entry.high}
        if any(limit is not None for limit in limits.values()):
            resource["referenceRange"] = [
                {end: {"value": limit} for end, limit in limits.items() if limit is not None}
            ]
        return resource

    def _effective(self, entry: Entry) -> Resource:
        if entry.onset_ago is None:
            return {"effectiveDateTime": self._at(entry.ago)}
        return {"effectivePeriod": {"start": self._at(entry.onset_ago)}}

    def _condition(self, entry: Entry) -> Resource:
        status = entry.status or "active"
        resource: Resource = {
            "resourceType": "Condition",
            "subject": _subject(),
            "code": self._concept(entry),
            "recordedDate": self._at(entry.ago),
        }
        if status in _CLINICAL:
            resource["clinicalStatus"] = _status(_CLINICAL_SYSTEM, status)
        else:
            resource["verificationStatus"] = _status(_VERIFICATION_SYSTEM, status)
        if entry.onset_ago is not None:
            resource["onsetDateTime"] = self._at(entry.onset_ago)
        if entry.site is not None:
            resource["bodySite"] = [{"text": entry.site}]
        return resource

    def _procedure(self, entry: Entry) -> Resource:
        return {
            "resourceType": "Procedure",
            "status": entry.status or "completed",
            "subject": _subject(),
            "code": self._concept(entry),
            "performedDateTime": self._at(entry.ago),
        }

    def _medication(self, entry: Entry) -> Resource:
        return {
            "resourceType": "MedicationRequest",
            "status": entry.status or "active",
            "intent": "order",
            "subject": _subject(),
            "medicationCodeableConcept": self._concept(entry),
            "authoredOn": self._at(entry.onset_ago or entry.ago),
        }

    def _order(self, entry: Entry) -> Resource:
        return {
            "resourceType": "ServiceRequest",
            "status": entry.status or "active",
            "intent": "order",
            "subject": _subject(),
            "code": self._concept(entry),
            "authoredOn": self._at(entry.ago),
        }

    def _concept(self, entry: Entry) -> Resource:
        concept: Resource = {}
        if entry.code is not None:
            code = self._bundle.concepts[entry.code].codes[0]
            system = self._bundle.systems[code.system].uri
            concept["coding"] = [{"system": system, "code": code.code, "display": code.display}]
        if entry.text is not None:
            concept["text"] = entry.text
        return concept

    def _at(self, ago: timedelta) -> str:
        return (self._now - ago).isoformat(timespec="seconds")


def _subject() -> Resource:
    return {"reference": f"Patient/{PATIENT_ID}"}


def _status(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _value(entry: Entry) -> Resource:
    """A number with a unit becomes a Quantity, true and false a boolean, words a string."""
    value = entry.value
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    matched = _QUANTITY.match(value)
    if matched is None:
        return {"valueString": value}
    unit = matched["unit"].strip()
    quantity: Resource = {"value": float(matched["number"])}
    if matched["comparator"]:
        quantity["comparator"] = matched["comparator"]
    if unit:
        quantity["unit"] = unit
        known = ucum(unit)
        if known is not None:
            quantity |= {"system": _UCUM, "code": known.code}
    return {"valueQuantity": quantity}
