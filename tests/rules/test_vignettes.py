"""Every vignette beside a rule, and every well patient, through the whole engine."""

from functools import cache
from pathlib import Path

import msgspec
import pytest

from orbicularis.authoring.coverage import Coverage
from orbicularis.authoring.vignettes import NOW, Outcome, call_for, run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.load import load, vignettes
from tests.clients.complaints import of_answer

RULES = Path(__file__).parents[2] / "rules"
ENGINE = Engine(load(RULES))
FILES, PROBLEMS = vignettes(RULES)


@pytest.fixture(
    scope="module", params=[pytest.param(path, id=path.as_posix()) for path in sorted(FILES)]
)
def path(request: pytest.FixtureRequest) -> Path:
    """Each file in turn; of module scope, so that the tests of one file follow each other."""
    found = request.param
    assert isinstance(found, Path)
    return found


@cache
def outcomes(path: Path) -> tuple[Outcome, ...]:
    group = FILES[path]
    return tuple(run(vignette, group.service, ENGINE) for vignette in group.vignettes)


def test_every_case_comes_out_as_expected(path: Path) -> None:
    told = {outcome.vignette.name: outcome.differences for outcome in outcomes(path)}
    assert {name: differences for name, differences in told.items() if differences} == {}


def test_every_card_suits_the_clients_that_exist(path: Path) -> None:
    for outcome in outcomes(path):
        answer = msgspec.json.decode(msgspec.json.encode({"cards": outcome.answer.cards}))
        assert of_answer(answer) == [], outcome.vignette.name


def test_no_card_needs_what_is_not_read_of_a_silent_chart(path: Path) -> None:
    group = FILES[path]
    for outcome in outcomes(path):
        call = call_for(outcome.vignette, ENGINE.bundle.services[group.service], ENGINE)
        briefly = ENGINE.answer(group.service, call, NOW)
        assert briefly.cards == outcome.answer.cards, outcome.vignette.name
        assert briefly.assessment.findings == outcome.answer.assessment.findings


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
