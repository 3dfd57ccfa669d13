"""``orbicularis test`` from the command line."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.cli.vignettes import run_vignettes
from tests.knowledge.builder import PLAIN, WELL, Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(run_vignettes)
PLAIN_TEST = "causes/plain-cramp.test.yaml"
OK = "expect: {listed: [plain-cramp]}"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def sound(copy: Copy) -> Copy:
    """A bundle whose vignettes all pass."""
    for file in ("causes/hypocalcaemia.test.yaml", "red-flags/tetany-now.test.yaml"):
        (copy.folder / file).unlink()
    copy.change(PLAIN_TEST, "expect: {first: plain-cramp}", OK)
    return copy


def test_all_come_out_as_expected(sound: Copy) -> None:
    status, said = run(sound.folder)
    assert status == 0
    assert said.splitlines()[-1] == "2 passed, 0 failed"
    assert "Coverage" in said
    assert "expected" not in said


def test_a_case_that_differs_gives_status_1_and_a_diff(sound: Copy) -> None:
    sound.change(PLAIN_TEST, OK, "expect: {red_flags: []}")
    status, said = run(sound.folder)
    assert status == 1
    assert f"{sound.folder / PLAIN_TEST}:4: typical" in said
    assert "  @@ red flags @@\n  - none\n  + tetany-now\n" in said
    assert said.splitlines()[-1] == "1 passed, 1 failed"


def test_some_of_the_files(sound: Copy) -> None:
    status, said = run(sound.folder, "--only", "well/")
    assert (status, said) == (0, "1 passed, 0 failed\n")
    status, said = run(sound.folder, "--only", "plain-cramps")
    assert status == 2
    assert 'did you mean "plain-cramp"?' in " ".join(said.split())


def test_the_cards_of_every_case(sound: Copy) -> None:
    status, said = run(sound.folder, "--show", "--only", "plain")
    assert status == 0
    where, *cards, counted = said.splitlines()
    assert where == f"{sound.folder / PLAIN_TEST}: typical"
    assert cards[0] == "  critical: Tetany: measure calcium now"
    assert counted == "1 passed, 0 failed"


def test_coverage_below_what_is_wanted(sound: Copy) -> None:
    assert run(sound.folder, "--coverage-min", "1")[0] == 0
    status, said = run(sound.folder, "--coverage-min", "99.5")
    assert status == 1
    assert "below 99.5 %" in said
    assert "not seen: " in said


def test_coverage_is_measured_over_all_files_only(sound: Copy) -> None:
    assert run(sound.folder, "--only", "well", "--coverage-min", "1")[0] == 2
    assert run(sound.folder, "--coverage-min", "101")[0] == 2


def test_formats_for_programs(sound: Copy) -> None:
    status, said = run(sound.folder, "--format", "json")
    assert status == 0
    assert json.loads(said)["passed"] == 2
    status, said = run(sound.folder, "--format", "junit")
    assert status == 0
    assert ElementTree.fromstring(said).attrib["tests"] == "2"  # noqa: S314 - ours


def test_broken_rules_and_broken_vignettes_give_status_1(sound: Copy) -> None:
    sound.change(WELL, "nothing: true", "nothing: perhaps")
    status, said = run(sound.folder)
    assert status == 1
    assert f"{sound.folder}/{WELL}:" in said
    sound.change(PLAIN, "prior: common", "prior: comon")
    status, said = run(sound.folder)
    assert status == 1
    assert 'did you mean "common"?' in said


def test_wrong_calls_give_status_2(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere")[0] == 2
    assert run(tmp_path, "--format", "xml")[0] == 2


def test_without_vignettes_nothing_passed(sound: Copy) -> None:
    (sound.folder / WELL).unlink()
    (sound.folder / PLAIN_TEST).unlink()
    status, said = run(sound.folder)
    assert status == 1
    assert "there are no vignettes" in said


def test_the_folder_may_come_from_the_environment(
    sound: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORBICULARIS_RULES", str(sound.folder))
    assert run("--only", "well")[0] == 0
