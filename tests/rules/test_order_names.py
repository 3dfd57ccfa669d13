"""Orders that carry no code we know are told by their names, as sites write them."""

from pathlib import Path

import pytest

from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.structs.element import CodeableConcept, Coding
from orbicularis.knowledge.load import load


@pytest.fixture(scope="module")
def relevance() -> Relevance:
    return Relevance(load(Path("rules")))


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Magnesium", "magnesium"),
        ("MAGNESIUM", "magnesium"),
        ("Magnesium, serum", "magnesium"),
        ("Magnesium level", "magnesium"),
        ("Serum magnesium level (routine)", "magnesium"),
        ("Calcium", "calcium-total"),
        ("Calcium, total", "calcium-total"),
        ("Calcium, total, with albumin", "calcium-total"),
        ("Ionized calcium, whole blood", None),
        ("Calcium ionized", "calcium-ionized"),
        ("TSH", "tsh"),
        ("Intact PTH", "pth-intact"),
        ("Head CT", "ct-head"),
        ("EKG", "ecg-12-lead"),
        ("Magnesium, urine", None),
        ("Calcium channel blocker", None),
        ("Blood test", None),
        ("", None),
    ],
)
def test_a_name_tells_the_order(relevance: Relevance, name: str, order: str | None) -> None:
    expected = frozenset({order} if order else ())
    as_text = CodeableConcept(text=name)
    as_display = CodeableConcept(coding=[Coding(system="urn:local", code="1", display=name)])
    assert relevance.orders(as_text) == expected
    assert relevance.orders(as_display) == expected


def test_every_order_is_known_by_all_its_names(relevance: Relevance) -> None:
    for order in load(Path("rules")).orders.values():
        for name in (order.text, *order.also_called):
            assert order.id in relevance.orders(CodeableConcept(text=name)), name


def test_no_name_at_all_is_no_order(relevance: Relevance) -> None:
    assert relevance.orders(None) == frozenset()
    assert relevance.orders(CodeableConcept()) == frozenset()
