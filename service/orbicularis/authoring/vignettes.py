"""Running vignettes: each small patient through the whole engine, held to its expectations."""

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from orbicularis.authoring.difference import Difference, differences
from orbicularis.authoring.patient_resources import (
    ENCOUNTER_ID,
    PATIENT_ID,
    Resource,
    ResourceMaker,
)
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.vignette import CHART_HOOK, ORDER_HOOKS, Vignette

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
"""The time at which vignettes are run; their dates are relative to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one vignette; no differences means that it passed."""

    vignette: Vignette
    answer: Answer
    differences: tuple[Difference, ...]


def run(vignette: Vignette, service_id: str, engine: Engine) -> Outcome:
    """Run one vignette."""
    service = engine.bundle.services[service_id]
    call = call_for(vignette, service, engine)
    answer = engine.answer(service_id, call, NOW, in_full=True)
    return Outcome(vignette, answer, tuple(differences(vignette.expect, answer, engine.bundle)))


def call_for(vignette: Vignette, service: Service, engine: Engine) -> Call:
    """The call that a client would make for the patient, with every prefetch key answered."""
    patient = vignette.patient
    maker = ResourceMaker(engine.bundle, NOW)
    by_key: dict[str, list[Resource]] = {key: [] for key in service.prefetch}
    for resource in maker.resources(patient):
        by_key.setdefault(_key_for(resource, service), []).append(resource)
    prefetch = {key: _searchset(resources) for key, resources in by_key.items()}
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    prefetch |= dict.fromkeys(patient.unreadable, outcome)
    drafts = list(maker.drafts(vignette.drafts))
    problems = list(maker.problems(vignette.new_problems))
    return Call(
        hook=vignette.hook or CHART_HOOK,
        hook_instance="vignette",
        patient_id=PATIENT_ID,
        encounter_id=ENCOUNTER_ID if patient.reason is not None else None,
        prefetch={key: _raw(value) for key, value in prefetch.items()},
        drafts=_raw(_collection(drafts)) if vignette.hook in ORDER_HOOKS else None,
        selections=tuple(
            f"{resource['resourceType']}/{resource['id']}"
            for resource, draft in zip(drafts, vignette.drafts, strict=True)
            if draft.selected
        ),
        problems=_raw(_collection(problems)) if problems else None,
    )


def _raw(value: Resource) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def _collection(resources: list[Resource]) -> Resource:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _key_for(resource: Resource, service: Service) -> str:
    """The first key whose query asks for this type of resource."""
    kind = resource["resourceType"]
    for key, prefetch in service.prefetch.items():
        if prefetch.query.replace("/", "?").split("?")[0] == kind:
            return key
    return str(kind).lower()


def _searchset(resources: list[Resource]) -> Resource:
    if len(resources) == 1 and resources[0]["resourceType"] == "Patient":
        return resources[0]
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}
