"""What a scraper reads."""

import re

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from orbicularis.api.app import create_app
from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import running
from tests.api.metrics.counted import Series, counted, read

FAMILIES = {
    "orbicularis_requests": "counter",
    "orbicularis_requests_in_progress": "gauge",
    "orbicularis_requests_queued": "gauge",
    "orbicularis_requests_shed": "counter",
    "orbicularis_not_admitted": "counter",
    "orbicularis_key_set_fetches": "counter",
    "orbicularis_fhir_queries": "counter",
    "orbicularis_fhir_pages": "counter",
    "orbicularis_fhir_access_duration_seconds": "histogram",
    "orbicularis_request_duration_seconds": "histogram",
    "orbicularis_cards": "counter",
    "orbicularis_suggestions": "counter",
    "orbicularis_resources": "counter",
    "orbicularis_resources_skipped": "counter",
    "orbicularis_feedback_requests": "counter",
    "orbicularis_feedback": "counter",
    "orbicularis_override_reasons": "counter",
    "orbicularis_suggestions_accepted": "counter",
    "orbicularis_rule_reloads": "counter",
    "orbicularis_rules_stale": "gauge",
    "orbicularis_tasks": "gauge",
}


def test_every_metric_is_described() -> None:
    families = list(text_string_to_metric_families(exposition(Metrics()).decode()))
    ours = {one.name: one.type for one in families if one.name.startswith("orbicularis_")}
    assert ours == FAMILIES
    for family in families:
        assert re.fullmatch(r"[A-Z].*\.", family.documentation), family.name


def test_the_process_is_described() -> None:
    names = {one.name for one in text_string_to_metric_families(exposition(Metrics()).decode())}
    others = {name for name in names if not name.startswith("orbicularis_")}
    assert {"process_cpu_seconds", "process_resident_memory_bytes", "process_open_fds"} <= others
    assert all(name.startswith("process_") for name in others)


def test_applications_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.calls.began()
    assert counted(one)
    assert not counted(other)


@pytest.mark.parametrize("accept", [None, "text/plain", "application/openmetrics-text", "*/*"])
def test_it_is_served_as_text(engine: Engine, accept: str | None) -> None:
    app = create_app(engine, Settings())
    app.state.running.metrics.calls.began()
    headers = {} if accept is None else {"accept": accept}
    with running(app) as url:
        response = httpx.get(f"{url}/metrics", headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    told = read(response.text)
    assert told.pop(Series("orbicularis_tasks", ())) >= 1
    assert told == {Series("orbicularis_requests_in_progress", ()): 1}
