"""Awkward resources, each with what must be read from it (``corpus/*.json``).

A case has resources, the facts that come of them (only the fields that are written are
compared, null and [] meaning none; NOW is that of ``chart.py``) and, where there are any, the
records that must be skipped and how many belong to others.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orbicularis.facts.fact import Fact
from tests.fhir.conftest import Read

_CORPUS = Path(__file__).parent / "corpus"


def _cases() -> Iterator[Any]:
    for path in sorted(_CORPUS.glob("*.json")):
        for case in json.loads(path.read_text()):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def _shown(fact: Fact) -> dict[str, Any]:
    quantity = fact.quantity
    fields = ("value", "unit", "comparator", "low", "high", "range_unit")
    parts = {name: getattr(quantity, name) for name in fields} if quantity else {}
    return {
        "source": fact.source,
        "reference": fact.reference,
        "label": fact.label,
        "concepts": sorted(fact.concepts),
        "answers": sorted(fact.answers),
        "mentions": [
            f"{one.finding} {one.state}{' past' if one.history else ''}" for one in fact.mentions
        ],
        "orders": sorted(fact.orders),
        "state": fact.state,
        "progress": fact.progress,
        "quantity": {key: value for key, value in parts.items() if value is not None} or None,
        "flag": fact.flag,
        "sites": sorted(fact.sites),
        "at": fact.at.isoformat() if fact.at else None,
        "began": fact.began.isoformat() if fact.began else None,
        "ended": fact.ended.isoformat() if fact.ended else None,
        "span": fact.span.total_seconds() / 86_400,
        "began_span": fact.began_span.total_seconds() / 86_400,
        "in_encounter": fact.in_encounter,
        "future": fact.future,
    }


@pytest.mark.parametrize("case", list(_cases()))
def test_case(read: Read, case: dict[str, Any]) -> None:
    chart = read(*case["resources"], encounter_id=case.get("encounter"))
    facts = [_shown(fact) for fact in chart.facts]
    assert len(facts) == len(case["facts"]), facts
    for expected, fact in zip(case["facts"], facts, strict=True):
        assert {key: fact[key] for key in expected} == expected
    assert [one.reference for one in chart.skipped] == case.get("skipped", [])
    assert chart.of_others == case.get("of_others", 0)
    assert chart.resources == len(case["resources"])
