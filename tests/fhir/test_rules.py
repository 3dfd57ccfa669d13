"""The reader with the rules that are served."""

from pathlib import Path

import pytest

from orbicularis.fhir.reader import Reader
from orbicularis.fhir.service_request import template
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load
from tests.fhir.chart import NOW, Resource, call, concept, observation, searchset


@pytest.fixture(scope="module")
def rules() -> Bundle:
    return load(Path("rules"))


def _found(rules: Bundle, *resources: Resource) -> set[str]:
    service = rules.services["facial-twitching"]
    chart = Reader(rules).read(call(prefetch={"symptoms": searchset(*resources)}), service, NOW)
    assert chart.skipped == ()
    return {f"{one.finding} {one.state}" for fact in chart.facts for one in fact.mentions}


def test_a_local_code_with_facial_words_is_found_among_many(rules: Bundle) -> None:
    useless = [
        observation(None, "Hemoglobin", id=f"u{number}", valueInteger=number)
        for number in range(1000)
    ]
    code = {"coding": [{"system": "urn:local", "code": "7", "display": "Twitching of upper lip"}]}
    assert _found(rules, *useless) == set()
    assert "facial-twitching present" in _found(rules, *useless, observation(code, id="x"))


def test_what_is_denied_is_absent_and_what_is_a_relatives_is_nothing(rules: Bundle) -> None:
    complaint = concept("complaint", "Chief complaint")
    denied = observation(complaint, valueString="Headache. Denies lip twitching.")
    assert "facial-twitching absent" in _found(rules, denied)
    family = observation(concept("f", "Family history"), valueString="Lip twitching")
    assert _found(rules, family) == set()


def test_every_order_can_be_suggested(rules: Bundle) -> None:
    for order in rules.orders.values():
        assert template(order, rules)["code"]["text"] == order.text
