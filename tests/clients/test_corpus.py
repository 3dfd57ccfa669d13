"""Requests as real clients send them: each over a socket, held to what must come of it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbicularis.cli.sample import shifted
from tests.clients.complaints import of_answer

Json = dict[str, Any]

HERE = Path(__file__).parent
CASES: dict[str, Json] = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((HERE / "corpus").glob("*.json"))
}
EXPECTED: dict[str, Json] = json.loads((HERE / "expected.json").read_text("utf-8"))
UNASKED = {"accept", "accept-encoding", "origin"}
"""Headers that a browser sends without asking."""


def _send(client: httpx.Client, case: Json) -> httpx.Response:
    body = case.get("body")
    content = None if body is None else json.dumps(shifted(body, datetime.now(UTC))).encode()
    return client.request(case["method"], case["path"], headers=case["headers"], content=content)


def test_every_request_has_its_outcome_and_is_described() -> None:
    assert sorted(EXPECTED) == sorted(CASES)
    described = re.findall(r"^\| `([a-z-]+)` \|", (HERE / "README.md").read_text("utf-8"), re.M)
    assert sorted(described) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_request_comes_out_as_expected(client: httpx.Client, name: str) -> None:
    expected = EXPECTED[name]
    response = _send(client, CASES[name])
    assert response.status_code == expected["status"], response.text
    assert response.headers["access-control-allow-origin"] == "*"
    if "lists" in expected:
        assert {one["id"] for one in response.json()["services"]} == {expected["lists"]}
    if "indicators" in expected:
        _check_cards(response.json(), expected)


def _check_cards(answer: Json, expected: Json) -> None:
    cards = answer["cards"]
    assert of_answer(answer) == []
    assert [card["indicator"] for card in cards] == expected["indicators"]
    assert _ranked(cards) == expected.get("ranked", [])
    suggested = {one["label"] for card in cards for one in card.get("suggestions", ())}
    assert set(expected.get("suggested", ())) <= suggested
    assert suggested & set(expected.get("not_suggested", ())) == set()
    text = "\n".join(card["detail"] for card in cards)
    assert [words for words in expected.get("told", ()) if words not in text] == []
    assert [words for words in expected.get("not_told", ()) if words in text] == []


def _ranked(cards: list[Json]) -> list[str]:
    return [
        cause["id"]
        for card in cards
        for cause in card.get("extension", {})
        .get("org.orbicularis.differential", {})
        .get("causes", ())
    ]


@pytest.mark.requirement("cds-hooks_2.0#208")
@pytest.mark.parametrize("name", CASES)
def test_the_browser_is_told_what_may_be_sent(client: httpx.Client, name: str) -> None:
    case = CASES[name]
    asked = sorted(case["headers"].keys() - UNASKED)
    response = client.options(
        case["path"],
        headers={
            "origin": case["headers"].get("origin", "https://ehr.example.org"),
            "access-control-request-method": case["method"],
            "access-control-request-headers": ",".join(asked),
            "access-control-request-private-network": "true",
        },
    )
    assert response.status_code == 204
    allowed = response.headers["access-control-allow-headers"].split(", ")
    assert sorted(set(asked) - set(allowed)) == EXPECTED[name].get("preflight_lacks", [])
    assert case["method"] in response.headers["access-control-allow-methods"].split(", ")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-credentials" not in response.headers
