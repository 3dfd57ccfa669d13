"""Hypothesis strategies for whole charts in FHIR: many kinds of records, in many shapes.

The codes are those of the rules and made-up ones; the shapes are those of R4 and R5, and
those that clients send by mistake. All records are of one patient and have ids of their own.
"""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from orbicularis.authoring.patient_resources import ENCOUNTER_ID, PATIENT_ID, ResourceMaker
from orbicularis.authoring.vignettes import NOW
from orbicularis.knowledge.load import vignettes
from tests.support.elements import (
    BUNDLE,
    LOCAL,
    ODD,
    RULES,
    Fields,
    components,
    concepts,
    dates,
    periods,
    quantities,
    texts,
    valued,
)

Resource = dict[str, Any]

_SUBJECT = {"reference": f"Patient/{PATIENT_ID}"}
_ENCOUNTER = {"reference": f"Encounter/{ENCOUNTER_ID}"}


def _status(*codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*codes * 4, "entered-in-error", "unknown", "made-up"])


def _coded(*codes: str) -> st.SearchStrategy[Resource]:
    return st.sampled_from(codes).map(lambda code: {"coding": [{"code": code}]})


_KINDS: dict[str, Fields] = {
    "Observation": {
        "status": _status("final", "final", "preliminary", "registered", "amended", "cancelled"),
        "code": concepts,
        "effectiveDateTime": dates,
        "effectivePeriod": periods,
        "issued": dates,
        "bodySite": st.fixed_dictionaries({"text": st.sampled_from(["left", "right", "face"])}),
        "component": st.lists(components, max_size=2),
    },
    "Condition": {
        "code": concepts | concepts.map(lambda concept: {"concept": concept}),
        "clinicalStatus": _coded("active", "resolved", "inactive", "remission"),
        "verificationStatus": _coded("confirmed", "refuted", "provisional"),
        "onsetDateTime": dates,
        "recordedDate": dates,
        "abatementDateTime": dates,
    },
    "Procedure": {
        "status": _status("completed", "completed", "in-progress", "not-done"),
        "code": concepts,
        "performedDateTime": dates,
        "occurrencePeriod": periods,
    },
    "MedicationRequest": {
        "status": _status("active", "active", "completed", "stopped", "draft", "on-hold"),
        "intent": st.sampled_from(["order", "plan", "proposal"]),
        "medicationCodeableConcept": concepts,
                "authoredOn": dates,
    },
    "MedicationStatement": {
        "status": _status("active", "recorded", "completed", "not-taken"),
        "medication": concepts.map(lambda concept: {"concept": concept}),
        "effectivePeriod": periods,
        "dateAsserted": dates,
    },
    "ServiceRequest": {
        "status": _status("active", "draft", "completed", "revoked"),
        "intent": st.sampled_from(["order", "plan"]),
        "code": concepts | concepts.map(lambda concept: {"concept": concept}),
        "authoredOn": dates,
    },
    "DiagnosticReport": {
        "status": _status("final", "registered", "preliminary"),
        "code": concepts,
        "effectiveDateTime": dates,
        "conclusion": texts,
    },
    "FamilyMemberHistory": {
        "status": _status("completed"),
        "condition": st.lists(st.fixed_dictionaries({"code": concepts}), max_size=2),
    },
    "Encounter": {
        "status": _status("in-progress", "finished"),
        "period": periods,
        "reasonCode": st.lists(concepts, max_size=2),
    },
}  # fmt: skip
"""Elements by kind of record; any of them may be left out."""

_USELESS: dict[str, Fields] = {
    "Immunization": {"status": _status("completed"), "vaccineCode": concepts},
    "AllergyIntolerance": {"code": concepts, "recordedDate": dates},
    "Appointment": {"status": _status("booked"), "description": texts},
    "CarePlan": {"status": _status("active"), "title": texts},
    "Observation": {
        "status": _status("final"),
        "code": st.sampled_from(LOCAL).map(lambda coding: {"coding": [coding]}),
        "effectiveDateTime": dates,
        "valueQuantity": quantities,
    },
}
"""Records that no rule asks for."""


_ALWAYS = {"status", "code", "condition", "reasonCode", "medication", "medicationCodeableConcept"}


def _well_formed(kind: str, elements: Fields) -> st.SearchStrategy[Resource]:
    always = {name: how for name, how in elements.items() if name in _ALWAYS}
    others = {name: how for name, how in elements.items() if name not in _ALWAYS}
    made = st.fixed_dictionaries(always, optional=others)
    if kind != "Observation" or "valueQuantity" in elements:
        return made
    return st.builds(lambda one, value: {**value, **one}, made, valued)


_MAKER = ResourceMaker(BUNDLE, NOW)
_REAL = [
    {name: part for name, part in record.items() if name != "id"}
    for _, group in sorted(vignettes(RULES)[0].items())
    for vignette in group.vignettes
    for record in _MAKER.resources(vignette.patient)
    if record["resourceType"] != "Patient"
]
"""Records of the vignettes, each of which some rule asks for."""


@st.composite
def _made(draw: st.DrawFn, kinds: dict[str, Fields]) -> Resource:
    kind = draw(st.sampled_from(sorted(kinds)))
    whose = "patient" if kind in ("FamilyMemberHistory", "Immunization") else "subject"
    elements = draw(_well_formed(kind, kinds[kind]))
    return {**elements, "resourceType": kind, whose: _SUBJECT}


@st.composite
def _spoilt(draw: st.DrawFn, record: Resource) -> Resource:
    """The record with an element that is missing, or not what it should be."""
    names = sorted(record.keys() - {"resourceType", "subject", "patient"})
    if not names:
        return record
    changed = {**record, draw(st.sampled_from(names)): draw(st.sampled_from(ODD))}
    return {name: part for name, part in changed.items() if part is not None}


@st.composite
def _records(draw: st.DrawFn, spoilt: bool) -> Resource:
    record = draw(st.sampled_from(_REAL) | _made(_KINDS))
    if draw(st.booleans()):
        record = {**record, "encounter": _ENCOUNTER}
    spoil = spoilt and draw(st.integers(0, 4)) == 0
    return draw(_spoilt(record)) if spoil else record


def _numbered(prefix: str, some: list[Resource]) -> list[Resource]:
    return [{**one, "id": f"{prefix}{number}"} for number, one in enumerate(some)]


_SPEAKS = {
    "resourceType": "Condition",
    "subject": _SUBJECT,
    "code": {"text": "facial twitching"},
    "recordedDate": (NOW - timedelta(hours=2)).isoformat(),
}
"""Without it most charts would give no cards, whatever else they hold."""


def charts(*, spoilt: bool = True) -> st.SearchStrategy[list[Resource]]:
    """Records of one patient in whom, as a rule, twitching is present.

    Args:
        spoilt: whether some records have an element of a wrong shape.
    """
    lengths = st.integers(0, 12)
    some = lengths.flatmap(
        lambda length: st.lists(_records(spoilt), min_size=length, max_size=length)
    )
    return st.builds(
        lambda records, speaks: _numbered("r", [*records, *[_SPEAKS] * speaks]),
        some,
        st.sampled_from([1, 1, 1, 0]),
    )


def useless() -> st.SearchStrategy[list[Resource]]:
    """Records of the same patient that no rule asks for."""
    return st.lists(_made(_USELESS), min_size=1, max_size=6).map(lambda some: _numbered("u", some))


persons = st.fixed_dictionaries(
    {"resourceType": st.just("Patient"), "id": st.just(PATIENT_ID)},
    optional={
        "birthDate": dates,
        "gender": st.sampled_from(["female", "male", "other", "unknown", "?"]),
    },
)
