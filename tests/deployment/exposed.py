"""What a running service shows on ``/metrics``, after calls of every kind."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from orbicularis.api.app import create_app
from orbicularis.api.metrics.processes import Processes
from orbicularis.api.sample import sample
from orbicularis.api.settings import Settings
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import running
from tests.deployment.places import ROOT

PATH = "/cds-services/facial-twitching"
# What Prometheus itself knows of whatever it scrapes.
TARGET = {"job", "instance"}


def exposed(folder: Path) -> dict[str, set[str]]:
    """Labels by metric; by all the names by which a query asks for it.

    Args:
        folder: an empty one.
    """
    app = create_app(Engine(load(ROOT / "rules")), Settings())
    with running(app) as url, httpx.Client(base_url=url) as client:
        _use(client)
        app.state.running.metrics.reloads.ended("served")
        app.state.running.metrics.doors.fetched(1, usable=True)
        text = client.get("/metrics").raise_for_status().text
    found: dict[str, set[str]] = {"up": set(TARGET)}
    for family in text_string_to_metric_families(text):
        for sample_ in family.samples:
            found.setdefault(sample_.name, set(TARGET)).update(sample_.labels)
    (folder / f"counter_{os.getpid()}.db").touch()
    for metric in Processes(folder).collect():
        for sample_ in metric.samples:
            found[sample_.name] |= sample_.labels.keys()
    return found


def _use(client: httpx.Client) -> None:
    request: dict[str, Any] = shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))
    of_another = {
        "resourceType": "Observation",
        "status": "final",
        "subject": {"reference": "Patient/somebody-else"},
        "code": {"text": "Twitching of the upper lip"},
    }
    request["prefetch"]["more"] = {"resourceType": "Bundle", "entry": [{"resource": of_another}]}
    (card, *_) = client.post(PATH, json=request).raise_for_status().json()["cards"]
    told = {"card": card["uuid"], "outcomeTimestamp": "2026-11-20T10:00:00Z"}
    suggestions = [{"id": card["suggestions"][0]["uuid"]}]
    accepted = told | {"outcome": "accepted", "acceptedSuggestions": suggestions}
    entries = [accepted, told | {"outcome": "overridden"}]
    client.post(f"{PATH}/feedback", json={"feedback": entries}).raise_for_status()
    lacking = request | {"fhirServer": "https://elsewhere.example/fhir", "prefetch": {}}
    assert client.post(PATH, json=lacking).status_code == 412
