"""Where no collector is named, nothing of it is there."""

import subprocess
import sys

import httpx
import pytest
from fastapi import FastAPI

from orbicularis.api.app import create_app
from orbicularis.api.fhir_access.fetcher import Fetcher
from orbicularis.api.settings import Settings
from orbicularis.api.tracing.fetches import fetchers
from orbicularis.api.tracing.requests import RequestSpans
from orbicularis.api.tracing.tracing import tracing_of
from orbicularis.api.tracing.wanted import is_wanted
from orbicularis.engine.engine import Engine
from tests.api.live import running
from tests.api.served import served
from tests.api.tracing.a_call import CALL, PATH
from tests.api.tracing.collector import Collected
from tests.support.patience import PATIENCE_S

HERE = "http://127.0.0.1:4318"
_FRESH = """
import sys
from pathlib import Path
from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
app = create_app(Engine(load(Path("rules"))), Settings())
app.build_middleware_stack()
heavy = ("opentelemetry.sdk", "opentelemetry.exporter", "opentelemetry.proto", "google.protobuf",
         "requests", "urllib3", "orbicularis.api.tracing.provider")
print(app.state.running.tracing, sorted(one for one in heavy if one in sys.modules))
"""


def layers(app: FastAPI) -> list[object]:
    return [middleware.cls for middleware in app.user_middleware]


def test_a_fresh_process_loads_none_of_it(plain: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FRESH],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert done.stdout == "None []\n"


def test_no_layer_stands_before_the_application_and_fetchers_are_plain(
    engine: Engine, plain: pytest.MonkeyPatch
) -> None:
    app = create_app(engine, Settings())
    assert app.state.running.tracing is None
    assert RequestSpans not in layers(app)
    assert fetchers(None) is Fetcher


def test_with_a_collector_one_layer_stands_before_all_others(
    engine: Engine, collected: Collected
) -> None:
    assert layers(create_app(engine, Settings()))[0] is RequestSpans


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"{HERE}/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": HERE}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_TRACES_EXPORTER": "otlp"}, True),
        (
            {
                "OTEL_EXPORTER_OTLP_ENDPOINT": HERE,
                "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf",
            },
            True,
        ),
    ],
)
def test_an_endpoint_switches_it_on(environment: dict[str, str], wanted: bool) -> None:
    assert is_wanted(environment) is wanted


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"}, "OTEL_EXPORTER_OTLP_ENDPOINT"),
        (
            {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "ftp://secret@a"},
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        ),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:port"}, "OTEL_EXPORTER_OTLP_ENDPOINT"),
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "OTEL_EXPORTER_OTLP_PROTOCOL"),
        ({"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/json"}, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER"),
    ],
)
def test_what_cannot_be_done_is_named(more: dict[str, str], named: str) -> None:
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": HERE} | more
    with pytest.raises(ValueError, match=f"^{named}: ") as told:
        is_wanted(environment)
    assert "secret" not in str(told.value)


def test_an_endpoint_without_the_packages_stops_the_start(plain: pytest.MonkeyPatch) -> None:
    """As where only the runtime dependencies are installed."""
    plain.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    plain.delitem(sys.modules, "orbicularis.api.tracing.provider", raising=False)
    with pytest.raises(ValueError, match=r"not installed: pip install 'orbicularis\[traces\]'"):
        tracing_of({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE})


def test_serve_says_what_is_wrong_and_leaves(plain: pytest.MonkeyPatch) -> None:
    plain.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere")
    done = subprocess.run(
        [sys.executable, "-m", "orbicularis", "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("OTEL_EXPORTER_OTLP_ENDPOINT: give an absolute URL")


def test_the_start_line_says_whether_traces_leave(plain: pytest.MonkeyPatch) -> None:
    with served() as service:
        assert service.start["traces"] == "off"
    plain.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with served() as service:
        assert service.start["traces"] == "sent"


def test_the_frameworks_own_telemetry_stays_off_whatever_is_set(
    engine: Engine, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would tell whole paths and queries, and exceptions in their own words."""
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    app = create_app(engine, Settings())
    with running(app) as url:
        httpx.post(f"{url}{PATH}?patient=jane-roe", json=CALL)
        httpx.get(f"{url}/jane-roe")
    assert len(collected.servers()) == 2
    assert not any(b"jane-roe" in body for body in collected.bodies)
