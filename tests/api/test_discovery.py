from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import cast
from urllib.parse import parse_qsl

import httpx
import pytest

from orbicularis.api.models.discovery import Discovery
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Prefetch, Service
from tests.api.live import live

SERVICE = "facial-twitching"


@pytest.fixture
def prefetch(client: httpx.Client) -> dict[str, str]:
    discovered = Discovery.model_validate_json(client.get("/cds-services").content)
    return discovered.services[0].prefetch


HOOKS = {
    "problem-list-item-create": "0.1.0",
    "encounter-start": "1.0",
    "order-sign": "1.0",
    "order-select": "1.0",
    "patient-view": "1.0",
}
"""Each hook with the version of its published definition."""


def test_a_client_that_keeps_one_service_of_a_url_keeps_the_hook_that_all_have(
    client: httpx.Client,
) -> None:
    kept = {one["id"]: one["hook"] for one in client.get("/cds-services").json()["services"]}
    assert kept == {SERVICE: "patient-view"}


def test_an_operator_chooses_the_hooks_that_are_listed(engine: Engine) -> None:
    settings = Settings(hooks=("order-select", "patient-view"))
    with live(engine, settings) as url:
        listed = httpx.get(f"{url}/cds-services").json()["services"]
    assert [one["hook"] for one in listed] == ["order-select", "patient-view"]


def test_lists_one_service_once_for_each_hook(client: httpx.Client, engine: Engine) -> None:
    response = client.get("/cds-services")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    service = engine.bundle.services[SERVICE]
    assert response.json()["services"] == [
        {
            "hook": hook,
            "title": service.title,
            "description": service.description,
            "id": SERVICE,
            "prefetch": templates(service, engine.bundle),
            "usageRequirements": service.usage_requirements,
            "version": "2.0.0",
            "hookVersion": version,
        }
        for hook, version in HOOKS.items()
    ]


def test_answers_with_a_trailing_slash_and_without_a_redirect(client: httpx.Client) -> None:
    with_slash = client.get("/cds-services/")
    assert with_slash.status_code == 200
    assert with_slash.content == client.get("/cds-services").content


def test_answers_the_accept_header_of_a_fhir_client(client: httpx.Client) -> None:
    response = client.get("/cds-services/", headers={"accept": "application/fhir+json, */*"})
    assert response.status_code == 200


def test_templates_use_the_patient_alone_and_no_parameter_twice(prefetch: dict[str, str]) -> None:
    for query in prefetch.values():
        assert query.count("{{") == query.count("{{context.patientId}}") == 1
        names = [
            name for name, _ in parse_qsl(query.partition("?")[2], strict_parsing="?" in query)
        ]
        assert len(names) == len(set(names))


def test_templates_keep_to_the_recommended_subset(prefetch: dict[str, str]) -> None:
    allowed = {"patient", "code", "category", "_count", "_sort", "status"}
    for query in prefetch.values():
        assert len(query) <= 1000
        assert {name for name, _ in parse_qsl(query.partition("?")[2])} <= allowed


def _bundle(**codes: tuple[str, ...]) -> Bundle:
    """A bundle with one measurement per name, whose codes are given as ``SYSTEM|code``."""

    def concept(pairs: tuple[str, ...]) -> SimpleNamespace:
        parts = (pair.split("|") for pair in pairs)
        return SimpleNamespace(codes=tuple(SimpleNamespace(system=s, code=c) for s, c in parts))

    measurements: Mapping[str, SimpleNamespace] = {
        name: SimpleNamespace(codes=(f"{name}-key",)) for name in codes
    }
    concepts = {f"{name}-key": concept(pairs) for name, pairs in codes.items()}
    return cast(
        Bundle,
        SimpleNamespace(
            measurements=MappingProxyType(measurements), concepts=MappingProxyType(concepts)
        ),
    )


def _service(**prefetch: Prefetch) -> Service:
    return cast(Service, SimpleNamespace(id="test", prefetch=prefetch))


def _prefetch(query: str, *codes_of: str) -> Prefetch:
    return Prefetch(title="results", query=query, codes_of=codes_of)


def test_codes_are_joined_bare_and_once_and_of_the_named_system_alone() -> None:
    bundle = _bundle(one=("LOINC|1-8", "SCT|22298006", "LOINC|2-6"), two=("LOINC|2-6", "LOINC|3-4"))
    service = _service(
        labs=_prefetch("Observation?patient={{context.patientId}}", "one", "two"),
        patient=_prefetch("Patient/{{context.patientId}}"),
    )
    assert templates(service, bundle) == {
        "labs": "Observation?patient={{context.patientId}}&code=1-8,2-6,3-4",
        "patient": "Patient/{{context.patientId}}",
    }
