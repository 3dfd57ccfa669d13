"""``orbicularis mutate`` from the command line, and the file of explained survivors."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.authoring.explained import read_explained
from orbicularis.cli.check import check
from orbicularis.cli.mutate import mutate
from orbicularis.knowledge.load import read
from tests.knowledge.builder import CAUSE, PLAIN, Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(mutate)
CHECK = typer.Typer()
CHECK.command()(check)
PLAIN_TEST = "causes/plain-cramp.test.yaml"
OK = "expect: {listed: [plain-cramp]}"
FIRST = "evidence cramp present: dropped"
UNHEARD = "evidence tetany present: dropped"
SURVIVORS = "survivors.yaml"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [*(str(argument) for argument in arguments), "--jobs", "1"])
    return result.exit_code, result.output


def survivors(copy: Copy, *changes: str, rule: str = "causes/plain-cramp") -> None:
    entries = "".join(f'    - {{change: "{change}", why: made up}}\n' for change in changes)
    head = "# yaml-language-server: $schema=schema/survivors.schema.json\n"
    copy.write(SURVIVORS, f"{head}survivors:\n  {rule}:\n{entries}")


@pytest.fixture
def sound(copy: Copy) -> Copy:
    """A bundle whose vignettes all pass."""
    for file in ("causes/hypocalcaemia.test.yaml", "red-flags/tetany-now.test.yaml"):
        (copy.folder / file).unlink()
    copy.change(PLAIN_TEST, "expect: {first: plain-cramp}", OK)
    return copy


def test_survivors_are_told_with_their_place_and_a_hint(sound: Copy) -> None:
    status, said = run(sound.folder, "--only", "plain-cramp")
    assert status == 1
    line = sound.text(PLAIN).splitlines().index("  - finding: tetany") + 1
    assert f"{sound.folder / PLAIN}:{line}:5\n  evidence dropped: {UNHEARD}\n" in said
    assert "  no vignette has such a patient\n" in said
    assert "  would notice: the band or the place of plain-cramp where tetany is present\n" in said
    assert FIRST not in said
    assert "% of the changes are noticed" in said.splitlines()[-1]


def test_what_comes_out_otherwise_and_is_not_expected_is_told(sound: Copy) -> None:
    sound.change(PLAIN_TEST, OK, "expect: {findings: {cramp: present}}")
    status, said = run(sound.folder, "--only", "plain-cramp")
    assert status == 1
    told = said.split(FIRST)[1].splitlines()
    assert told[1] == f'  unsaid: {PLAIN_TEST}, "typical", comes out otherwise:'
    both, changed = told[2].split("; changed: ")
    assert both.endswith(", plain-cramp (possible)")
    assert changed == "hypocalcaemia (possible)"


def test_a_score_that_suffices(sound: Copy) -> None:
    assert run(sound.folder, "--min-score", "1")[0] == 0
    status, said = run(sound.folder, "--min-score", "99.5")
    assert status == 1
    assert "below 99.5 %" in said


def test_the_outcome_as_json(sound: Copy) -> None:
    survivors(sound, UNHEARD)
    status, said = run(sound.folder, "--format", "json", "--only", "plain-cramp")
    document = json.loads(said)
    assert status == 1
    assert document["changes"] == 7
    assert document["noticed"] + document["explained"] + document["survived"] == 7
    assert document["explained_survivors"][0]["change"] == UNHEARD
    assert document["explained_survivors"][0]["why"] == "made up"
    assert UNHEARD not in {one["change"] for one in document["survivors"]}
    assert document["score"] == pytest.approx(100 * document["noticed"] / 7, abs=0.01)


def test_when_every_survivor_is_explained_the_status_is_0(sound: Copy) -> None:
    _, said = run(sound.folder, "--format", "json", "--only", "plain-cramp")
    survivors(sound, *(one["change"] for one in json.loads(said)["survivors"]))
    status, said = run(sound.folder, "--only", "plain-cramp", "--show-explained")
    assert status == 0
    assert f"  {UNHEARD}\n  explained: made up\n" in said


def test_an_explained_change_that_is_noticed_is_outdated(sound: Copy) -> None:
    survivors(sound, FIRST)
    status, said = run(sound.folder, "--min-score", "0")
    assert status == 1
    assert f"explained as a survivor, but a vignette notices it: {FIRST}" in said


def test_several_processes_come_to_the_same(sound: Copy) -> None:
    alone = run(sound.folder, "--format", "json")
    result = RUN.invoke(APP, [str(sound.folder), "--format", "json", "--jobs", "2"])
    assert (result.exit_code, result.output) == alone


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_vignettes_that_fail_already_can_notice_nothing(copy: Copy, jobs: str) -> None:
    result = RUN.invoke(APP, [str(copy.folder), "--jobs", jobs])
    assert result.exit_code == 1
    assert "of the vignettes fail with the rules as they are" in result.output
    assert "orbicularis test" in result.output


def test_wrong_calls_give_status_2(sound: Copy) -> None:
    assert run(sound.folder / "nowhere")[0] == 2
    status, said = run(sound.folder, "--only", "plain-cramps")
    assert status == 2
    assert 'did you mean "plain-cramp"?' in " ".join(said.replace("│", " ").split())


@pytest.mark.parametrize(
    ("rule", "change", "line"),
    [
        ("causes/plain-cramp", "evidence tetany present: droped", 4),
        ("causes/plain-cramps", UNHEARD, 3),
    ],
)
def test_an_explained_survivor_that_does_not_exist(
    sound: Copy, rule: str, change: str, line: int
) -> None:
    survivors(sound, change, rule=rule)
    (problem,) = read_explained(sound.folder, read(sound.folder).rules).problems
    assert (problem.code, problem.file, problem.line) == ("K808", SURVIVORS, line)
    assert "did you mean" in problem.fix
    assert run(sound.folder)[0] == 1
    result = RUN.invoke(CHECK, [str(sound.folder)])
    assert f"{SURVIVORS}:{line}:" in result.output
    assert "warning[K808]" in result.output
    assert result.exit_code == 0


def test_a_file_of_another_shape_is_told(sound: Copy) -> None:
    sound.write(SURVIVORS, "survivors: [a]\n")
    explained = read_explained(sound.folder, read(sound.folder).rules)
    assert [problem.file for problem in explained.problems] == [SURVIVORS]
    assert explained.why == {}
    result = RUN.invoke(CHECK, [str(sound.folder)])
    assert result.exit_code == 1


def test_the_file_is_no_part_of_the_revision(sound: Copy) -> None:
    before = read(sound.folder).bundle
    survivors(sound, UNHEARD)
    after = read(sound.folder).bundle
    assert before is not None
    assert after is not None
    assert after.revision == before.revision


def test_a_rule_that_changed_makes_its_explanation_vain(sound: Copy) -> None:
    survivors(sound, "excluded by adult: dropped", rule="causes/hypocalcaemia")
    assert read_explained(sound.folder, read(sound.folder).rules).problems == ()
    sound.change(CAUSE, "excluded_by: [adult]\n", "")
    explained = read_explained(sound.folder, read(sound.folder).rules)
    assert [problem.code for problem in explained.problems] == ["K808"]
