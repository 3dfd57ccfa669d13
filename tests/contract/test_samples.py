"""The samples tell what the service does with the present rules."""

from typing import Any

from orbicularis.api.intake import hooks
from orbicularis.api.sample import sample
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates
from tests.contract.refresh_samples import answer_to_sample

STALE = "run: python -m tests.contract.refresh_samples && make openapi"


def _ranked(response: dict[str, Any]) -> list[str]:
    return [
        cause["id"]
        for card in response["cards"]
        for cause in card["extension"]["org.orbicularis.differential"]["causes"]
    ]


def _fields(value: Any, path: str = "") -> set[str]:
    """Every path at which the document has a field."""
    if isinstance(value, dict):
        named = {f"{path}.{name}": part for name, part in value.items()}
        return set(named).union(*(_fields(part, where) for where, part in named.items()))
    if isinstance(value, list):
        return set().union(*(_fields(part, path) for part in value))
    return set()


def test_the_sample_response_ranks_what_the_service_ranks(engine: Engine) -> None:
    assert _ranked(sample("hypoparathyroidism.response")) == _ranked(answer_to_sample(engine)), (
        STALE
    )


def test_the_sample_response_has_the_fields_that_the_service_sends(engine: Engine) -> None:
    told = _fields(sample("hypoparathyroidism.response"))
    assert told == _fields(answer_to_sample(engine)), STALE


def test_the_sample_discovery_names_the_keys_that_discovery_names(engine: Engine) -> None:
    for entry in sample("discovery")["services"]:
        service = engine.bundle.services[entry["id"]]
        assert set(entry["prefetch"]) == set(templates(service, engine.bundle)), STALE


def test_the_sample_discovery_names_the_hooks_that_discovery_names(engine: Engine) -> None:
    (service,) = engine.bundle.services.values()
    assert [entry["hook"] for entry in sample("discovery")["services"]] == list(hooks(service))
