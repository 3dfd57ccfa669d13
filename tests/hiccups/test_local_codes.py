"""A site's own code of an order: written beside the standard one, and recognised."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.hiccups.call import RULES, request

HEAD = "name: here\ntitle: Here\nversion: '1'\nbase: hiccups-example\n"
CHANGE = """\
change:
  orders:
    creatinine: {text: Creatinine (CREA), local_code: creatinine-here}
"""
SYSTEM = """\
systems:
  HERE:
    title: our preference list
    uri: http://example.org/preference-list
    match: exact
    pattern: '[A-Z]{3}[0-9]+'
    licence: our own
"""
CODES = """\
concepts:
  creatinine-here:
    preferred_term: Creatinine, as it is ordered here
    codes:
      - {system: HERE, code: LAB7, display: Creatinine (CREA), verified_in: our preference list}
"""
LOCAL = {
    "system": "http://example.org/preference-list",
    "code": "LAB7",
    "display": "Creatinine (CREA)",
}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "terminology").mkdir()
    (tmp_path / "overlay.yaml").write_text(HEAD + CHANGE)
    (tmp_path / "terminology/systems.yaml").write_text(SYSTEM)
    (tmp_path / "terminology/local.yaml").write_text(CODES)
    return Engine(load(RULES, tmp_path))


def suggested(engine: Engine, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The requests that are suggested."""
    service = engine.bundle.services["hiccups"]
    call = take(split(msgspec.json.encode(body)), service).call
    cards = engine.answer("hiccups", call, datetime.now(UTC)).cards
    return [
        action.resource
        for card in cards
        for suggestion in card.suggestions or ()
        for action in suggestion.actions
    ]


def test_it_is_written_beside_the_standard_one(engine: Engine) -> None:
    (order,) = suggested(engine, request("Hiccups"))
    standard, local = order["code"]["coding"]
    assert (standard["system"], standard["code"]) == ("http://loinc.org", "2160-0")
    assert local == LOCAL
    assert order["code"]["text"] == "Creatinine (CREA)"


def test_the_base_writes_the_standard_one_alone() -> None:
    (order,) = suggested(Engine(load(RULES)), request("Hiccups"))
    assert [coding["code"] for coding in order["code"]["coding"]] == ["2160-0"]


def test_what_is_ordered_by_it_is_not_suggested_again(engine: Engine) -> None:
    body = request("Hiccups")
    order = {
        "resourceType": "ServiceRequest",
        "id": "r1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "authoredOn": datetime.now(UTC).isoformat(),
        "code": {"coding": [LOCAL]},
    }
    body["prefetch"]["orders"] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": order}],
    }
    assert suggested(engine, body) == []
    assert len(suggested(Engine(load(RULES)), body)) == 1
