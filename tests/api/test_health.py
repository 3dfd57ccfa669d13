from datetime import UTC, datetime

import httpx
import pytest

from orbicularis.engine.engine import Engine


def test_the_process_lives(client: httpx.Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readiness_names_the_rules(client: httpx.Client, engine: Engine) -> None:
    response = client.get("/readyz")
    bundle = engine.bundle
    assert response.status_code == 200
    told = response.json()
    assert told["bundle"] == {
        "name": bundle.manifest.name,
        "version": bundle.manifest.version,
        "revision": bundle.revision,
        "min_status": "active",
    }
    assert told["status"] == "ready"
    since = datetime.fromisoformat(told["served_since"])
    assert 0 <= told["age_seconds"] <= (datetime.now(UTC) - since).total_seconds()
    assert told["reload"] == {"watched": False, "stale": False}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/cds-services"])
def test_a_probe_may_ask_for_the_head_alone(client: httpx.Client, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


def test_every_answer_has_an_identifier_of_its_own(client: httpx.Client) -> None:
    ids = {
        client.get("/healthz", headers={"x-request-id": "mine"}).headers["x-request-id"]
        for _ in range(3)
    }
    assert len(ids) == 3
    assert "mine" not in ids
