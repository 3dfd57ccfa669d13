"""What the workbench says of bands, ages, ways to settle a finding, and weights."""

from datetime import datetime
from math import log10
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.engine.engine import Engine
from orbicularis.facts.assessment import Assessment, Band, CauseResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.vignette_file import vignettes_beside, well_vignettes
from orbicularis.web.workbench.age import age_told
from orbicularis.web.workbench.band_reason import band_reason
from orbicularis.web.workbench.chart_brief import brief
from orbicularis.web.workbench.finding_weights import finding_weights
from orbicularis.web.workbench.samples import FIRST, Samples
from orbicularis.web.workbench.settled import settled_by
from tests.web.workbench.rules_folder import RULES


def _assessed(engine: Engine, path: str) -> Assessment:
    found = Samples(engine, [RULES]).find(path)
    assert found is not None
    service = engine.bundle.services[found["service"]]
    call = take(split(msgspec.json.encode(found["request"])), service).call
    return engine.answer(service.id, call, datetime.fromisoformat(found["now"])).assessment


@pytest.fixture(scope="module")
def worked(engine: Engine) -> Assessment:
    return _assessed(engine, FIRST)


def _result(assessment: Assessment, cause: str) -> CauseResult:
    return next(one for one in assessment.listed if one.cause.id == cause)


def test_a_band_that_its_odds_reach_needs_no_reason(worked: Assessment) -> None:
    result = replace(_result(worked, "hypocalcemia"), score=2.0)
    assert result.band is Band.WELL_SUPPORTED
    assert band_reason(result, worked.service.ranking.bands) == ""


def test_a_definition_that_settles_the_band_is_told(worked: Assessment) -> None:
    bands = worked.service.ranking.bands
    result = replace(_result(worked, "hypocalcemia"), score=log10(bands.well_supported) - 0.1)
    assert band_reason(result, bands) == "it is the definition (calcium is low)"


def test_a_diagnosis_on_record_is_told_as_such(worked: Assessment) -> None:
    result = _result(worked, "hypoparathyroidism")
    present = {"hypoparathyroidism-recorded": State.PRESENT}
    lines = [
        replace(line, finding=replace(line.finding, state=state), why="counted")
        for line in result.evidence
        if (state := present.get(line.evidence.finding))
    ]
    recorded = replace(result, evidence=tuple(lines), score=-2.0)
    reason = band_reason(recorded, worked.service.ranking.bands)
    assert reason == "it is on record (known hypoparathyroidism)"


def test_what_is_held_back_by_a_requirement_is_told(worked: Assessment) -> None:
    bands = worked.service.ranking.bands
    held = replace(_result(worked, "hypoparathyroidism"), band=Band.POSSIBLE, score=2.0)
    assert band_reason(held, bands) == "no more while what it requires is not known"
    named = replace(held, cause=held.cause.model_copy(update={"requires": ("cataract",)}))
    assert band_reason(named, bands).endswith("not known (cataract)")
    low = replace(held, score=-1.0, evidence=())
    assert band_reason(low, bands) == ""


@pytest.mark.parametrize(
    ("years", "said"),
    [(None, "age not known"), (0, "under 1 year"), (1, "1 year"), (47, "47 years")],
)
def test_an_age_is_told_as_far_as_it_is_known(years: int | None, said: str) -> None:
    assert age_told(years) == said


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("basal-ganglia-calcification", "history, examination or a test"),
        ("cataract", "history, examination or a test"),
        ("seizure", "history, examination or a test"),
        ("low-calcium", "a measurement"),
        ("muscle-cramp", "asking"),
    ],
)
def test_where_to_look_for_a_finding_is_never_said_wrongly(
    engine: Engine, finding: str, said: str
) -> None:
    assert settled_by(engine.bundle.findings[finding]) == said


def test_what_counts_most_is_shown_first_and_nothing_is_left_out(engine: Engine) -> None:
    files = vignettes_beside(RULES, "causes/hypocalcemia")
    assert files is not None
    number = next(
        at for at, one in enumerate(files.vignettes) if one.name.startswith("classic, denosumab")
    )
    assessment = _assessed(engine, f"causes/hypocalcemia/{number}")
    weights = finding_weights(assessment)
    lines = [line for group in brief(assessment, {}).groups for line in group.lines]
    shown = [[weights.get(one.finding.id, 0) for one in line.shows] for line in lines]
    assert any(len(one) > 2 and one[0] > one[-1] for one in shown)
    assert all(one == sorted(one, reverse=True) for one in shown)
    by_red_flag = {one.finding.id for flag in assessment.fired for one in flag.found}
    assert min(weights[key] for key in by_red_flag) > weights["low-calcium"] > 0


def test_a_bundle_that_no_worked_example_suits_begins_with_its_own() -> None:
    from orbicularis.knowledge.load import load

    folder = Path("tests/hiccups/rules")
    samples = Samples(Engine(load(folder)), [folder])
    assert next(part.title for part in samples.parts) == "Causes"
    assert samples.find(FIRST) is None
    first = samples.first
    assert first is not None
    assert first["title"] == "Full stomach: after dinner"


def test_where_there_is_no_sample_nothing_comes_first(tmp_path: Path) -> None:
    from orbicularis.knowledge.load import load

    assert Samples(Engine(load(Path("tests/knowledge/small"))), [tmp_path]).first is None


def test_vignettes_are_read_from_either_place(tmp_path: Path) -> None:
    assert well_vignettes(RULES, "not-now") is not None
    assert well_vignettes(RULES, "none") is None
    (tmp_path / "well").mkdir()
    (tmp_path / "well" / "broken.yaml").write_text("a: [")
    assert well_vignettes(tmp_path, "broken") is None
