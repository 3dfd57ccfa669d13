"""Another symptom, in files alone: the unchanged program serves, checks, tests and explains it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from orbicularis.api.settings import Settings
from orbicularis.cli.main import app
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import inspect, load
from tests.api.live import live
from tests.hiccups.call import RULES, SERVICE, request


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with live(Engine(load(RULES)), Settings()) as url, httpx.Client(base_url=url) as client:
        yield client


def cards(client: httpx.Client, *texts: str) -> list[dict[str, Any]]:
    answer = client.post(SERVICE, json=request(*texts)).raise_for_status().json()["cards"]
    assert isinstance(answer, list)
    return answer


def ran(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_discovery_lists_its_service_alone(client: httpx.Client) -> None:
    (service,) = client.get("/cds-services").json()["services"]
    assert (service["id"], service["hook"]) == ("hiccups", "patient-view")
    assert set(service["prefetch"]) == {"patient", "symptoms", "conditions", "laboratory", "orders"}
    assert client.post("/cds-services/facial-twitching", json=request()).status_code == 404


def test_a_call_gives_a_differential_with_an_order(client: httpx.Client) -> None:
    (card,) = cards(client, "Hiccups")
    ranking = card["extension"]["org.orbicularis.differential"]["causes"]
    assert [cause["id"] for cause in ranking] == ["uraemia"]
    (suggestion,) = card["suggestions"]
    code = suggestion["actions"][0]["resource"]["code"]
    assert (code["text"], code["coding"][0]["code"]) == ("Creatinine", "2160-0")


def test_its_red_flag_alerts_and_asks_for_an_order(client: httpx.Client) -> None:
    alert, *_ = cards(client, "Hiccups", "Weakness of the left arm")
    assert alert["indicator"] == "critical"
    assert "brainstem" in alert["summary"]
    assert [suggestion["label"] for suggestion in alert["suggestions"]] == ["MRI brain"]


def test_who_has_no_hiccups_gets_no_card(client: httpx.Client) -> None:
    assert cards(client, "Weakness of the left arm") == []


def test_it_has_no_problem_and_no_warning() -> None:
    bundle, problems = inspect(RULES)
    assert problems == []
    assert bundle is not None
    assert "hiccups-example 0.1.0" in ran("check", str(RULES))


def test_its_vignettes_pass_and_cover_every_side() -> None:
    told = json.loads(ran("test", str(RULES), "--coverage-min", "100", "--format", "json"))
    assert told["failed"] == 0
    assert told["passed"] >= 10


def test_a_call_is_explained(tmp_path: Path) -> None:
    saved = tmp_path / "request.json"
    saved.write_text(json.dumps(request("Hiccups")))
    told = ran("explain", str(saved), "--rules", str(RULES), "--service", "hiccups")
    assert "Uraemia" in told


def test_its_rules_become_pages(tmp_path: Path) -> None:
    ran("docs", str(RULES), "-o", str(tmp_path / "pages"))
    page = (tmp_path / "pages/causes/uraemia.html").read_text(encoding="utf-8")
    assert "waste that the kidneys leave in the blood" in page
    assert "120" in (tmp_path / "pages/findings/high-creatinine.html").read_text(encoding="utf-8")


def test_no_file_of_the_program_knows_of_hiccups() -> None:
    program = Path(__file__).parents[2] / "service"
    named = [path for path in program.rglob("*.py") if "hiccup" in path.read_text().lower()]
    assert named == []
