"""Every vignette beside a rule, and every well patient, through the whole engine."""

from pathlib import Path

import pytest

from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load, vignettes
from orbicularis.knowledge.vignette import Vignette

RULES = Path(__file__).parents[2] / "rules"
ENGINE = Engine(load(RULES))
FILES, PROBLEMS = vignettes(RULES)
CASES = [
    pytest.param(vignette, group.service, id=f"{path.as_posix()}: {vignette.name}")
    for path, group in sorted(FILES.items())
    for vignette in group.vignettes
]


@pytest.mark.parametrize(("vignette", "service"), CASES)
def test_outcome_is_as_expected(vignette: Vignette, service: str) -> None:
    assert run(vignette, service, ENGINE).differences == ()


def test_no_vignette_file_is_broken() -> None:
    assert PROBLEMS == []


def test_every_active_cause_and_red_flag_has_vignettes() -> None:
    stems = {path.name.removesuffix(".test.yaml") for path in FILES}
    rules = {*ENGINE.bundle.causes, *ENGINE.bundle.red_flags}
    assert rules - stems == set()


def test_there_are_at_least_five_well_patients_on_whom_nothing_fires() -> None:
    well = [
        vignette
        for path, group in FILES.items()
        if path.parts[0] == "well"
        for vignette in group.vignettes
        if vignette.expect.nothing
    ]
    assert len(well) >= 5
