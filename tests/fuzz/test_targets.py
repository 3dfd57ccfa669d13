"""The seeds reach what they are to reach, and a planted fault is found there."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest

from orbicularis.api.sample import sample
from orbicularis.authoring.vignettes import NOW
from orbicularis.cards import markdown
from orbicularis.cli.sample import shifted
from orbicularis.facts.assessment import Assessment
from orbicularis.facts.chart import Chart
from orbicularis.reasoning.assess import Assessor
from tests.fuzz.broken import Broken
from tests.fuzz.finds import Finds
from tests.fuzz.mutator import Mutator
from tests.fuzz.seeds import LONGEST, seeds
from tests.fuzz.targets import TARGETS, Target, open_target
from tests.fuzz.words import words

STATUS = {"call": 200, "feedback": 200, "token": 401}


@pytest.fixture(scope="module")
def calls() -> Iterator[Target]:
    with open_target("call") as target:
        yield target


@pytest.fixture(scope="module")
def some() -> list[bytes]:
    """One seed in fifty."""
    return list(islice(seeds("call"), 0, None, 50))


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_right(name: str) -> None:
    with open_target(name) as target:
        for seed in islice(seeds(name), 0, None, 100 if name == "call" else 1):
            assert target.check(seed, thorough=True).status == STATUS[name]


@pytest.fixture(scope="module")
def mutator() -> Mutator:
    return Mutator(words("call"))


def test_mutations_reach_cards_and_refusals_and_all_are_right(
    calls: Target, some: list[bytes], mutator: Mutator
) -> None:
    statuses = set()
    for number, seed in enumerate(some):
        changed = mutator.mutate(seed, LONGEST, number)
        crossed = mutator.cross(changed, some[number - 1], LONGEST, number)
        for data in (changed, crossed):
            assert len(data) <= LONGEST
            statuses.add(calls.check(data).status)
    assert statuses >= {200, 400}


def _first_fault(target: Target, some: list[bytes], mutator: Mutator) -> Broken | None:
    for number, seed in enumerate(some):
        try:
            target.check(mutator.mutate(seed, LONGEST, number), thorough=True)
        except Broken as broken:
            return broken
    return None


def test_a_planted_exception_is_found(
    calls: Target, some: list[bytes], mutator: Mutator, tmp_path: Path
) -> None:
    real = Assessor.__call__

    def fails(self: Assessor, chart: Chart) -> Assessment:
        if len(chart.facts) > 4:
            raise KeyError("planted")
        return real(self, chart)

    with patch.object(Assessor, "__call__", fails):
        broken = _first_fault(calls, some, mutator)
    assert broken is not None
    assert broken.kind.startswith("500: KeyError")
    file = Finds("call", tmp_path).keep(broken, b"longer")
    assert Finds("call", tmp_path).keep(broken, b"short") == file
    assert Finds("call", tmp_path).keep(broken, b"longest") == file
    assert file.read_bytes() == b"short"
    assert "replay call" in file.with_suffix(".txt").read_text("utf-8")


def test_chart_text_that_is_not_escaped_is_found(calls: Target) -> None:
    request = shifted(sample("hypoparathyroidism.request"), NOW)
    data = json.dumps(request).replace('"mg/dL"', '"<b>mg</b>"').encode()
    assert calls.check(data).status == 200
    with (
        patch.object(markdown, "_escaped", lambda found: found.group(0)),
        pytest.raises(Broken, match="detail holds html_inline"),
    ):
        calls.check(data)
