"""Every vignette beside a rule, and every well patient, through the whole engine."""

from functools import cache
from pathlib import Path

import pytest

from orbicularis.authoring.coverage import Coverage
from orbicularis.authoring.vignettes import Outcome, run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.load import load, vignettes

RULES = Path(__file__).parents[2] / "rules"
ENGINE = Engine(load(RULES))
FILES, PROBLEMS = vignettes(RULES)
PATHS = [pytest.param(path, id=path.as_posix()) for path in sorted(FILES)]


@cache
def outcomes(path: Path) -> tuple[Outcome, ...]:
    group = FILES[path]
    return tuple(run(vignette, group.service, ENGINE) for vignette in group.vignettes)


@pytest.mark.parametrize("path", PATHS)
def test_every_case_comes_out_as_expected(path: Path) -> None:
    told = {outcome.vignette.name: outcome.differences for outcome in outcomes(path)}
    assert {name: differences for name, differences in told.items() if differences} == {}


def test_no_vignette_file_is_broken() -> None:
    assert PROBLEMS == []


def test_every_active_cause_and_red_flag_has_vignettes() -> None:
    stems = {path.name.removesuffix(".test.yaml") for path in FILES}
    assert {*ENGINE.bundle.causes, *ENGINE.bundle.red_flags} - stems == set()


def test_the_vignettes_show_every_side_of_every_rule() -> None:
    coverage = Coverage(ENGINE.bundle)
    for path in FILES:
        for outcome in outcomes(path):
            coverage.add(outcome)
    assert {f"{row.kind} {row.name}": row.missing for row in coverage.rows() if row.missing} == {}


def test_there_are_forty_well_patients_whom_nothing_alarms() -> None:
    well = [outcome for path in FILES if path.parts[0] == "well" for outcome in outcomes(path)]
    calm = [
        outcome
        for outcome in well
        if all(card.indicator == Urgency.INFO for card in outcome.answer.cards)
    ]
    assert len(calm) >= 40
    assert len([outcome for outcome in calm if not outcome.answer.cards]) >= 5
