"""Hostile requests over a real socket: the status of each, and that nothing is lost or told."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.api.hostile.request import MARK, Hostile
from tests.api.hostile.table import TABLE, ask, looks
from tests.api.served import Served, served

MOST_MIB = 450
"""Of the 512 that a container has; a body of 16 MiB included."""
LOOKS = looks()
NO_HTTP = frozenset({"Invalid HTTP request received.", "Header too long."})
"""What the HTTP server says before the service is asked."""


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with served(DOCS="true", WORKBENCH="true") as running:
        yield running
        assert running.most_memory_mib() < MOST_MIB
        assert running.process.poll() is None
        logged = json.dumps(running.lines)
    assert MARK not in logged
    assert not [line for line in running.lines if line["level"] == "error"]


@pytest.mark.parametrize("hostile", TABLE, ids=[one.name for one in TABLE])
def test_hostile_requests_are_answered_and_harm_nobody(service: Served, hostile: Hostile) -> None:
    _answered(service, hostile)


@pytest.mark.parametrize("hostile", LOOKS, ids=[one.name for one in LOOKS])
def test_hostile_requests_to_the_workbench_are_answered_and_harm_nobody(
    service: Served, hostile: Hostile
) -> None:
    header, answer = _answered(service, hostile)
    if " 200 " in header.partition("\r\n")[0]:
        assert "content-type: text/html" in header.lower()
    elif answer not in NO_HTTP:
        assert "content-type: application/fhir+json" in header.lower()
        assert json.loads(answer)["resourceType"] == "OperationOutcome"


def _answered(service: Served, hostile: Hostile) -> tuple[str, str]:
    told = ask(service.url, hostile)
    assert told.status in hostile.statuses
    header, _, answer = told.text.partition("\r\n\r\n")
    assert MARK not in header
    assert "x-injected" not in header.lower()
    assert "<script" not in answer
    assert "<img" not in answer
    if told.status >= 400:
        assert MARK not in answer
    assert httpx.get(f"{service.url}/healthz").status_code == 200
    return header, answer


def test_a_good_call_is_answered_after_all_of_them(service: Served) -> None:
    for hostile in TABLE[::10]:
        ask(service.url, hostile)
    assert httpx.post(f"{service.url}/cds-services/facial-twitching", json={}).status_code == 400
    assert httpx.get(f"{service.url}/readyz").status_code == 200
