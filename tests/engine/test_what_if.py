"""What would change the order is found by reasoning with one finding supposed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.engine.engine import Engine
from orbicularis.facts.assessment import Assessment
from orbicularis.facts.fact import State
from orbicularis.knowledge.load import load
from orbicularis.reasoning.what_if import Supposition, WhatIf, candidates, moves
from orbicularis.web.workbench.samples import Samples

SERVICE = "facial-twitching"
SAMPLES = (
    "worked/hypoparathyroidism",
    "causes/hypocalcemia/0",
    "causes/stress/0",
    "causes/facial-tic/2",
    "causes/hemifacial-spasm/0",
    "causes/bells-palsy/0",
)


RULES = Path("rules")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load(RULES))


@pytest.fixture(scope="module")
def what_if(engine: Engine) -> WhatIf:
    return WhatIf(engine.bundle, engine.bundle.services[SERVICE])


def _request(engine: Engine, path: str) -> dict[str, Any]:
    found = Samples(engine, [RULES]).find(path)
    assert found is not None
    return found


def _assessed(engine: Engine, sample: dict[str, Any]) -> Assessment:
    service = engine.bundle.services[SERVICE]
    call = take(split(msgspec.json.encode(sample["request"])), service).call
    return engine.answer(SERVICE, call, datetime.fromisoformat(sample["now"])).assessment


@pytest.mark.parametrize("path", SAMPLES)
def test_only_unknown_findings_that_move_something_are_named(
    engine: Engine, what_if: WhatIf, path: str
) -> None:
    assessment = _assessed(engine, _request(engine, path))
    told = what_if(assessment)
    assert told
    names = {finding.id for finding in candidates(assessment)}
    for one in told:
        assert assessment.findings[one.finding.id].state is State.UNKNOWN
        assert one.finding.id in names
        assert one.present or one.absent
        for move in (*one.present, *one.absent):
            assert move.before != move.after
    leads = [one.leads for one in told]
    assert leads == sorted(leads, reverse=True)


@pytest.mark.parametrize("path", SAMPLES)
def test_supposing_leaves_the_assessment_as_it_was(
    engine: Engine, what_if: WhatIf, path: str
) -> None:
    sample = _request(engine, path)
    assessment, other = _assessed(engine, sample), _assessed(engine, sample)
    first = what_if(assessment)
    assert what_if(assessment) == first
    assert assessment.causes == other.causes
    assert dict(assessment.findings) == dict(other.findings)


def _named(told: tuple[Supposition, ...], finding: str) -> Supposition:
    return next(one for one in told if one.finding.id == finding)


def test_a_supposed_result_does_what_the_result_does(engine: Engine, what_if: WhatIf) -> None:
    """Low magnesium, supposed and then measured, gives the same list."""
    sample = _request(engine, "causes/hypocalcemia/0")
    assessment = _assessed(engine, sample)
    supposed = _named(what_if(assessment), "low-magnesium")
    assert supposed.leads
    assert [order.id for order in supposed.orders] == ["magnesium"]
    measured = {
        "resourceType": "Observation",
        "id": "magnesium",
        "status": "final",
        "subject": {"reference": "Patient/vignette"},
        "code": {"text": "Magnesium", "coding": _coding(engine, "magnesium-mass")},
        "effectiveDateTime": "2026-06-15T11:00:00Z",
        "valueQuantity": {"value": 1.2, "unit": "mg/dL"},
    }
    sample["request"]["prefetch"]["laboratory"] = {
        "resourceType": "Bundle",
        "entry": [{"resource": measured}],
    }
    after = _assessed(engine, sample)
    assert after.findings["low-magnesium"].state is State.PRESENT
    assert _places(moves(assessment.causes, after.causes)) == _places(iter(supposed.present))


def _coding(engine: Engine, key: str) -> list[dict[str, str]]:
    code = engine.bundle.concepts[key].codes[0]
    return [{"system": engine.bundle.systems[code.system].uri, "code": code.code}]


def _places(some: Iterator[Any]) -> list[tuple[str, int | None, int | None]]:
    return sorted((one.result.cause.id, one.before or 0, one.after or 0) for one in some)


def test_moves_tell_arrivals_departures_and_changes(engine: Engine) -> None:
    assessment = _assessed(engine, _request(engine, "worked/hypoparathyroidism"))
    first, second, *others = assessment.causes
    swapped = list(moves((first, second, *others), (second, first, *others)))
    assert _places(iter(swapped)) == [("hypocalcemia", 2, 1), ("hypoparathyroidism", 1, 2)]
    assert _places(moves((first, second), (first,))) == [("hypocalcemia", 2, 0)]
    assert _places(moves((first,), (first, second))) == [("hypocalcemia", 0, 2)]
    assert list(moves(assessment.causes, assessment.causes)) == []
