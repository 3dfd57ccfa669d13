from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from orbicularis.api.sample import sample
from orbicularis.cli.sample import AGE, sample_request, shifted
from orbicularis.engine.engine import Engine

NOW = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
SAMPLES = (
    "hypoparathyroidism.request",
    "nothing-recorded.request",
    "order-select.request",
    "order-sign.request",
    "encounter-start.request",
    "problem-list-item-create.request",
)


def _codings(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        yield from value.get("coding", [])
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _codings(part)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_resource_is_valid_fhir(name: str) -> None:
    request = sample(name)
    carried = [part for part in request["context"].values() if isinstance(part, dict)]
    for answer in (*request["prefetch"].values(), *carried):
        get_fhir_model_class(answer["resourceType"]).model_validate(answer)
        for entry in answer.get("entry", []):
            resource = entry["resource"]
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_prefetch_key_is_the_services_own(name: str, engine: Engine) -> None:
    assert set(sample(name)["prefetch"]) <= set(engine.bundle.services["facial-twitching"].prefetch)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_clinical_code_is_one_of_the_rules_with_its_display(
    name: str, engine: Engine
) -> None:
    systems = {key: system.uri for key, system in engine.bundle.systems.items()}
    known = {
        (systems[code.system], code.code, code.display)
        for concept in engine.bundle.concepts.values()
        for code in concept.codes
    }
    used = {
        (coding["system"], coding["code"], coding["display"])
        for coding in _codings(sample(name))
        if not coding["system"].startswith("http://terminology.hl7.org/")
    }
    assert used <= known


def _times(request: dict[str, Any]) -> list[datetime]:
    labs = [entry["resource"] for entry in request["prefetch"]["laboratory"]["entry"]]
    return [datetime.fromisoformat(lab["effectiveDateTime"]) for lab in labs]


def test_shifting_puts_the_newest_date_a_few_hours_ago() -> None:
    request = sample("hypoparathyroidism.request")
    symptom = shifted(request, NOW)["prefetch"]["symptoms"]["entry"][0]["resource"]
    assert datetime.fromisoformat(symptom["effectiveDateTime"]) == NOW - AGE


def test_shifting_keeps_what_lies_between_dates() -> None:
    request = sample("hypoparathyroidism.request")
    moved = shifted(request, NOW)

    def since(one: dict[str, Any]) -> list[timedelta]:
        surgery = one["prefetch"]["procedures"]["entry"][0]["resource"]["performedDateTime"]
        day = datetime.fromisoformat(surgery).replace(tzinfo=UTC)
        return [time - day for time in _times(one)]

    for before, after in zip(since(request), since(moved), strict=True):
        assert abs(before - after) < timedelta(days=1)
    assert moved["prefetch"]["patient"]["birthDate"] != request["prefetch"]["patient"]["birthDate"]


def test_shifting_changes_dates_alone() -> None:
    request = sample("hypoparathyroidism.request")
    newest = datetime.fromisoformat("2026-11-20T09:10:00+01:00")
    assert shifted(request, newest + AGE) == request


def test_the_sample_patient_is_seen_today() -> None:
    now = datetime.now(UTC)
    assert all(now - timedelta(hours=6) < time < now for time in _times(sample_request()))
