"""Calls that lack something, and what fetching makes of them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from orbicularis.api.fhir_access.access import Access
from orbicularis.api.fhir_access.caller import Caller
from orbicularis.api.intake import Asked
from orbicularis.api.models.request import FHIRAuthorization
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates
from orbicularis.facts.call import Call
from tests.support.bundles import CODES, bundle, cause, order, pro, service

Result = TypeVar("Result")
Resource = dict[str, Any]

OF_PATIENT = "patient={{context.patientId}}"
RULES = bundle(
    cause("spasm", pro("twitching", "strong"), workup={"first": ["calcium"]}),
    order("calcium", lasts=timedelta(days=2)),
    service(
        prefetch={
            "patient": {"title": "patient", "query": "Patient/{{context.patientId}}"},
            "laboratory": {"title": "results", "query": f"Observation?{OF_PATIENT}&category=lab"},
            "symptoms": {
                "title": "symptoms",
                "query": f"Observation?{OF_PATIENT}&category=exam,survey",
                "index": True,
            },
        }
    ),
    codes=("twitching", "calcium"),
)
ENGINE = Engine(RULES)
SERVICE = RULES.services["twitching-service"]

PATIENT = "Patient/p1"
LABORATORY = "Observation?patient=p1&category=lab"
SYMPTOMS = "Observation?patient=p1&category=exam,survey"

PERSON: Resource = {"resourceType": "Patient", "id": "p1", "birthDate": "1990-01-01"}
ERROR: Resource = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "exception", "diagnostics": "Jane Doe"}],
}

NOBODY = Caller()


def observation(identifier: str = "o1", code: str = "twitching", **more: Any) -> Resource:
    return {
        "resourceType": "Observation",
        "id": identifier,
        "status": "final",
        "code": {"coding": [{"system": CODES, "code": code}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-06-15T10:00:00Z",
        **more,
    }


def page(*resources: Resource, then: str | None = None) -> Resource:
    """A searchset, with a link to the next page."""
    made: Resource = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": resource} for resource in resources],
    }
    if then is not None:
        made["link"] = [{"relation": "self", "url": "x"}, {"relation": "next", "url": then}]
    return made


def raw(value: object) -> msgspec.Raw | None:
    return None if value is None else msgspec.Raw(json.dumps(value).encode())


def authorization(**more: Any) -> FHIRAuthorization:
    given = {"access_token": "opaque-token", "token_type": "Bearer", "expires_in": 300}
    return FHIRAuthorization.model_validate(given | more)


def asked(
    server: str | None,
    prefetch: dict[str, Any] | None = None,
    shown: FHIRAuthorization | None = None,
    patient_id: str = "p1",
) -> Asked:
    given = {key: raw(value) for key, value in (prefetch or {}).items()}
    call = Call(
        hook="patient-view", hook_instance="instance", patient_id=patient_id, prefetch=given
    )
    return Asked(call=call, fhir_server=server, fhir_authorization=shown)


def run(use: Callable[[Access], Awaitable[Result]], **settings: Any) -> Result:
    """Use an access in a loop of its own; nothing of what it started may outlive its use."""

    async def used() -> Result:
        access = Access(Settings(**{"fhir_timeout_s": 20, **settings}))
        try:
            return await use(access)
        finally:
            await access.close()
            assert asyncio.all_tasks() == {asyncio.current_task()}

    return asyncio.run(used())


def completed(request: Asked, caller: Caller = NOBODY, **settings: Any) -> Call:
    """Complete a call."""
    queries = templates(SERVICE, RULES)
    return run(lambda access: access.complete(request, SERVICE, queries, caller), **settings)


def kept(call: Call) -> dict[str, list[Any]]:
    """What was fetched, decoded."""
    return {
        key: [msgspec.json.decode(one) for one in fetched.pages]
        for key, fetched in call.fetched.items()
    }


def failures(call: Call) -> dict[str, str]:
    """What could not be fetched, and why."""
    return {key: one.failure for key, one in call.fetched.items() if one.failure is not None}
