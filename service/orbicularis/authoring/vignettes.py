"""Running vignettes: each small patient through the whole engine, held to its expectations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from orbicularis.authoring.patient_resources import (
    ENCOUNTER_ID,
    PATIENT_ID,
    Resource,
    ResourceMaker,
)
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.vignette import Expected, Patient, Vignette

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
"""The time at which vignettes are run; their dates are relative to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one vignette; no differences means that it passed."""

    vignette: Vignette
    answer: Answer
    differences: tuple[str, ...]


def run(vignette: Vignette, service_id: str, engine: Engine) -> Outcome:
    """Run one vignette."""
    service = engine.bundle.services[service_id]
    answer = engine.answer(service_id, call_for(vignette.patient, service, engine), NOW)
    return Outcome(vignette, answer, tuple(differences(vignette.expect, answer)))


def call_for(patient: Patient, service: Service, engine: Engine) -> Call:
    """The call that a client would make for the patient, with every prefetch key answered."""
    by_key: dict[str, list[Resource]] = {key: [] for key in service.prefetch}
    for resource in ResourceMaker(engine.bundle, NOW).resources(patient):
        by_key.setdefault(_key_for(resource, service), []).append(resource)
    prefetch = {key: _searchset(resources) for key, resources in by_key.items()}
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    prefetch |= dict.fromkeys(patient.unreadable, outcome)
    return Call(
        hook=service.hooks[0],
        hook_instance="vignette",
        patient_id=PATIENT_ID,
        encounter_id=ENCOUNTER_ID if patient.reason is not None else None,
        prefetch={key: msgspec.Raw(msgspec.json.encode(value)) for key, value in prefetch.items()},
    )


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


def differences(expected: Expected, answer: Answer) -> Iterator[str]:
    """Say in which points the answer is not what was expected."""
    yield from _card_differences(expected, answer)
    yield from _cause_differences(expected, answer)
    yield from _flag_and_order_differences(expected, answer)
    for finding, state in expected.findings.items():
        result = answer.assessment.findings.get(finding)
        told = result.state.value if result else "not evaluated"
        if told != state:
            yield f"finding {finding}: expected {state}, is {told}"


def _card_differences(expected: Expected, answer: Answer) -> Iterator[str]:
    if expected.nothing and answer.cards:
        yield f"expected no card, got: {'; '.join(card.summary for card in answer.cards)}"
    if expected.indicator is not None:
        shown = [Urgency(card.indicator) for card in answer.cards]
        highest = max(shown, key=lambda urgency: urgency.rank, default=None)
        if highest is not expected.indicator:
            yield f"indicator: expected {expected.indicator}, is {highest or 'none'}"


def _cause_differences(expected: Expected, answer: Answer) -> Iterator[str]:
    listed = {result.cause.id: result for result in answer.assessment.listed}
    ranks = {cause: rank for rank, cause in enumerate(listed)}
    order = ", ".join(listed) or "none"
    if expected.first is not None and ranks.get(expected.first) != 0:
        yield f"first: expected {expected.first}; listed: {order}"
    for cause in expected.listed:
        if cause not in listed:
            yield f"expected {cause} to be listed; listed: {order}"
    for cause in expected.not_listed:
        if cause in listed:
            yield f"expected {cause} not to be listed; listed: {order}"
    for upper, lower in expected.above:
        if upper not in ranks or ranks[upper] >= ranks.get(lower, len(ranks)):
            yield f"expected {upper} above {lower}; listed: {order}"
    for cause, band in expected.band.items():
        result = listed.get(cause)
        told = result.band.value if result and result.band else "not listed"
        if told != band:
            yield f"band of {cause}: expected {band}, is {told}"


def _flag_and_order_differences(expected: Expected, answer: Answer) -> Iterator[str]:
    fired = sorted(flag.red_flag.id for flag in answer.assessment.fired)
    if expected.red_flags is not None and fired != sorted(expected.red_flags):
        wanted = ", ".join(sorted(expected.red_flags)) or "none"
        yield f"red flags: expected {wanted}; fired: {', '.join(fired) or 'none'}"
    states = {result.order.id: result.state.value for result in answer.assessment.orders}
    for order in expected.orders:
        if states.get(order) != "proposed":
            yield f"order {order}: expected to be proposed, is {states.get(order, 'not asked for')}"
    for order in expected.no_orders:
        if states.get(order) == "proposed":
            yield f"order {order}: expected not to be proposed"
