"""The rules' own vignettes notice changes of the rules; a sample, the whole is a command."""

from pathlib import Path

import pytest

from orbicularis.authoring.explained import read_explained
from orbicularis.authoring.mutants import mutants
from orbicularis.authoring.mutation import Trial
from orbicularis.authoring.mutation_summary import key_of
from orbicularis.authoring.suite import cases
from orbicularis.knowledge.load import Reading, read

RULES = Path(__file__).parents[2] / "rules"
SAMPLE = ("causes/lyme-facial-palsy", "red-flags/rf-stroke", "findings/low-calcium")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(RULES)


def test_every_explained_survivor_is_a_change_that_exists(reading: Reading) -> None:
    explained = read_explained(RULES, reading.rules)
    assert explained.source is not None
    assert explained.problems == ()


def test_a_cause_a_red_flag_and_a_finding_survive_no_unexplained_change(reading: Reading) -> None:
    assert reading.bundle is not None
    explained = read_explained(RULES, reading.rules).why
    chosen = [one for one in mutants(reading.rules) if one.of in SAMPLE]
    assert {one.of for one in chosen} == set(SAMPLE)
    verdicts = list(map(Trial(reading.bundle, cases(reading.vignettes)), chosen))
    survivors = {key_of(one.mutant) for one in verdicts if one.survived}
    assert survivors == {key for key in explained if key[0] in SAMPLE}
    assert len(survivors) < len(chosen) / 20
