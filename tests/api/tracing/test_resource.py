"""Who made the spans, and which of them are made, is said in OpenTelemetry's own variables."""

from importlib.metadata import PackageNotFoundError

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.api.tracing import provider
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.tracing.a_call import CALL, PATH
from tests.api.tracing.collector import Collected

TRACE = "0af7651916cd43dd8448eb211c80319c"


def call(engine: Engine, times: int = 1, **headers: str) -> None:
    with live(engine, Settings()) as url, httpx.Client(base_url=url, headers=headers) as client:
        for _ in range(times):
            assert client.post(PATH, json=CALL).status_code == 200


def test_the_service_has_its_own_name_and_version(
    engine: Engine, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "version", lambda _: "9.9")
    call(engine)
    (resource,) = collected.resources
    assert resource["service.name"] == "orbicularis"
    assert resource["service.version"] == "9.9"
    assert resource["service.instance.id"]


def test_what_is_not_installed_has_no_version(
    engine: Engine, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(provider, "version", missing)
    call(engine)
    (resource,) = collected.resources
    assert "service.version" not in resource


def test_each_application_is_an_instance(engine: Engine, collected: Collected) -> None:
    """As each worker process is: it makes an application of its own."""
    call(engine)
    call(engine)
    one, other = (resource["service.instance.id"] for resource in collected.resources)
    assert one != other


def test_an_operator_names_it_otherwise(
    engine: Engine, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "twitching-ward-7")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    call(engine)
    (resource,) = collected.resources
    assert resource["service.name"] == "twitching-ward-7"
    assert resource["deployment.environment.name"] == "test"


@pytest.mark.parametrize(
    ("sampler", "share", "spans"),
    [
        ("always_off", "", 0),
        ("always_on", "", 5),
        ("traceidratio", "0", 0),
        ("parentbased_traceidratio", "1.0", 5),
    ],
)
def test_how_many_are_sent_is_said_by_the_sampler(
    engine: Engine,
    collected: Collected,
    monkeypatch: pytest.MonkeyPatch,
    sampler: str,
    share: str,
    spans: int,
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", sampler)
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", share)
    call(engine, times=5)
    assert len(collected.servers()) == spans
    assert bool(collected.bodies) is bool(spans)


@pytest.mark.parametrize(("flag", "spans"), [("00", 0), ("01", 1)])
def test_a_client_that_does_not_sample_is_followed(
    engine: Engine, collected: Collected, flag: str, spans: int
) -> None:
    call(engine, traceparent=f"00-{TRACE}-b7ad6b7169203331-{flag}")
    assert len(collected.servers()) == spans
