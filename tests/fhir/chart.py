"""Calls, Bundles and resources for tests."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from orbicularis.facts.call import Call
from orbicularis.facts.chart import Chart
from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.small_bundle import CODES

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
RECENTLY = "2026-06-15T10:00:00Z"

Resource = dict[str, Any]


def raw(value: object) -> msgspec.Raw:
    """Encode as JSON, as it would arrive."""
    return msgspec.Raw(json.dumps(value).encode())


def searchset(*resources: Resource, **more: Any) -> Resource:
    """Make a Bundle."""
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}


def concept(code: str | None = None, text: str | None = None) -> Resource:
    """Make a CodeableConcept."""
    made: Resource = {}
    if code is not None:
        made["coding"] = [{"system": CODES, "code": code}]
    if text is not None:
        made["text"] = text
    return made


def observation(
    code: str | Resource | None = "twitching", text: str | None = None, **more: Any
) -> Resource:
    """Make a final Observation of two hours ago."""
    return {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "code": code if isinstance(code, dict) else concept(code, text),
        "effectiveDateTime": RECENTLY,
        **more,
    }


def condition(
    code: str | Resource | None = "twitching", text: str | None = None, **more: Any
) -> Resource:
    """Make an active Condition."""
    return {
        "resourceType": "Condition",
        "id": "c1",
        "subject": {"reference": "Patient/p1"},
        "clinicalStatus": concept("active"),
        "code": code if isinstance(code, dict) else concept(code, text),
        "recordedDate": RECENTLY,
        **more,
    }


def call(**more: Any) -> Call:
    """Make a call; ``prefetch`` values, ``drafts`` and ``problems`` are plain JSON data."""
    prefetch = {
        key: None if value is None else raw(value)
        for key, value in more.pop("prefetch", {}).items()
    }
    for key in ("drafts", "problems"):
        if key in more:
            more[key] = raw(more[key])
    given = {"hook": "patient-view", "hook_instance": "instance", "patient_id": "p1", **more}
    return Call(prefetch=prefetch, **given)


def chart(reader: Reader, service: Service, resources: Iterable[Resource], **more: Any) -> Chart:
    """Read resources that all stand in one searchset."""
    prefetch = {"symptoms": searchset(*resources)}
    return reader.read(call(prefetch=prefetch, **more), service, NOW)
