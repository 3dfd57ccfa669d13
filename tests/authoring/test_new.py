"""``orbicularis new``: a start that fails the check until it is filled in."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.authoring.new_rule import NotStarted, Startable, start
from orbicularis.cli.new import new
from orbicularis.cli.vignettes import run_vignettes
from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.annotation import values_at
from orbicularis.knowledge.base import Status
from orbicularis.knowledge.file_kind import CAUSE, FINDING, ORDER, RED_FLAG
from orbicularis.knowledge.load import read
from tests.knowledge.builder import Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(new)
APP.command("test")(run_vignettes)
PROMPT = re.compile(r"<(?:fill in|choose)[^<>]*>")
MODELS = {
    Startable.CAUSE: CAUSE,
    Startable.FINDING: FINDING,
    Startable.ORDER: ORDER,
    Startable.RED_FLAG: RED_FLAG,
}
HEAD = ["Some rule", "active", "2026-02-03", "clinical-consensus"]
CRAMP = "cramp of the calf"
ANSWERS: dict[Startable, tuple[list[str], list[str]]] = {
    Startable.CAUSE: (
        [
            *HEAD, "metabolic", "warning", "common", "true",
            "cramp", "strong", "it is one", "made-up-2026",
            "adult", "weak", "children have it", "clinical-consensus",
            "Look at the calf.", "calcium", "magnesium", "looking", "plain-cramp", "gout", "sleep",
        ],
        ["a calf", CRAMP, "cramp of the leg", "an arm", "cough", "itch"],
    ),
    Startable.FINDING: (
        [
            *HEAD, "symptom", "some rule", "muscle-cramp", "tetany", "sore {leg-words}",
            "P30D", "PT72H", "gout", "sleep",
        ],
        ["sore", "sore calf", "not sore", "sore calf"],
    ),
    Startable.ORDER: (
        [
            *HEAD, "laboratory", "albumin-mass", "Albumin", "routine", "Shows albumin.",
            "low-calcium", "albumin-mass", "P7D",
        ],
        ["a calf", CRAMP, CRAMP, "ordered", CRAMP, CRAMP, "albumin-mass"],
    ),
    Startable.RED_FLAG: (
        [
            *HEAD, "warning", "cramp", "{unless_present: adult}",
            "'Cramp in a child: look today'", "Look today.", "calcium", "40", "plain-cramp", "gout",
        ],
        ["a calf", CRAMP, "itch", "warning", "a cough", "cough", "itch"],
    ),
}  # fmt: skip


def prompts(path: Path) -> list[str]:
    return PROMPT.findall(path.read_text(encoding="utf-8"))


def fill_in(path: Path, answers: list[str]) -> None:
    """Put the answers in the places of the prompts, in their order."""
    assert len(answers) == len(prompts(path))
    left = iter(answers)
    text = PROMPT.sub(lambda _: next(left), path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def make_room(kind: Startable, copy: Copy) -> None:
    """Let what the small bundle holds not stand in the way of what is new."""
    copy.change("red-flags/tetany-now.yaml", "points_to: [hypocalcaemia]\n", "")
    copy.change("red-flags/tetany-now.yaml", "at_least: 2", "at_least: 3")
    if kind is Startable.ORDER:
        copy.change("causes/plain-cramp.yaml", "then: [magnesium]", "first: [some-order]")


@pytest.mark.parametrize("kind", Startable)
def test_a_start_fails_with_its_prompts_and_nothing_else(kind: Startable, copy: Copy) -> None:
    started = start(kind, f"some-{kind}", copy.folder)
    problems = read(copy.folder).problems
    assert {problem.code for problem in problems} == {"K211"}
    for path in (started.rule, started.test):
        told = [p for p in problems if p.file == path.relative_to(copy.folder).as_posix()]
        words = [" ".join(prompt.split()) for prompt in prompts(path)]
        assert [f"<{problem.fix}>" for problem in told] == words
        assert all(problem.text for problem in told)


@pytest.mark.parametrize("kind", Startable)
def test_filled_in_it_passes_the_check_and_its_vignettes(kind: Startable, copy: Copy) -> None:
    started = start(kind, f"some-{kind}", copy.folder)
    fill_in(started.rule, ANSWERS[kind][0])
    fill_in(started.test, ANSWERS[kind][1])
    make_room(kind, copy)
    assert read(copy.folder).problems == []
    result = RUN.invoke(APP, ["test", str(copy.folder), "--only", f"some-{kind}"])
    assert result.output == "2 passed, 0 failed\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("kind", Startable)
def test_a_prompt_to_choose_names_every_choice(kind: Startable) -> None:
    text = files("orbicularis.authoring").joinpath("templates", f"{kind.value}.yaml").read_text()
    data = yaml_source.read("a.yaml", text.encode()).data
    chosen = [(loc, value) for loc, value in leaves(data, ()) if value.startswith("<choose")]
    assert chosen
    for loc, value in chosen:
        choices = {*values_at(MODELS[kind].model, loc)} - {Status.RETIRED.value}
        if kind is Startable.RED_FLAG:
            choices -= {"info"}
        assert choices
        assert choices <= {*re.findall(r"[\w-]+", value)}


def leaves(data: object, loc: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, dict):
        return [leaf for key, part in data.items() for leaf in leaves(part, (*loc, key))]
    if isinstance(data, list):
        return [leaf for at, part in enumerate(data) for leaf in leaves(part, (*loc, at))]
    return [(loc, data)] if isinstance(data, str) else []


@pytest.mark.parametrize("kind", Startable)
def test_a_start_holds_every_key_that_a_rule_must_have(kind: Startable, copy: Copy) -> None:
    started = start(kind, "some-rule", copy.folder)
    data = yaml_source.read("a.yaml", started.rule.read_bytes()).data
    fields = MODELS[kind].model.model_fields
    assert {name for name, field in fields.items() if field.is_required()} <= set(data)


@pytest.mark.parametrize("wrong", ["Some-Cause", "some_cause", "-a", "a--b", "a/b", "..", "", "é"])
def test_an_id_that_is_none(wrong: str, copy: Copy) -> None:
    with pytest.raises(NotStarted, match="is not an id: write lower-case letters"):
        start(Startable.CAUSE, wrong, copy.folder)
    with pytest.raises(NotStarted, match="is not an id"):
        start(Startable.CAUSE, "a" * 65, copy.folder)


def test_what_exists_is_left_as_it_is(copy: Copy) -> None:
    before = copy.text("causes/plain-cramp.yaml")
    for rule_id in ("plain-cramp", "hypocalcaemia"):
        with pytest.raises(NotStarted, match="already: edit it, or choose another id"):
            start(Startable.CAUSE, rule_id, copy.folder)
    assert copy.text("causes/plain-cramp.yaml") == before
    (copy.folder / "causes/hypocalcaemia.yaml").unlink()
    with pytest.raises(NotStarted, match=r"hypocalcaemia.test.yaml already"):
        start(Startable.CAUSE, "hypocalcaemia", copy.folder)
    assert start(Startable.FINDING, "hypocalcaemia", copy.folder).rule.is_file()


def test_with_several_services_one_is_to_be_chosen(copy: Copy) -> None:
    copy.write("services/spasms.yaml", copy.text("services/cramps.yaml"))
    started = start(Startable.CAUSE, "some-cause", copy.folder)
    assert "service: <choose cramps or spasms>\n" in started.test.read_text(encoding="utf-8")


def test_from_the_command_line(copy: Copy, tmp_path: Path) -> None:
    result = RUN.invoke(APP, ["new", "red-flag", "some-flag", "--rules", str(copy.folder)])
    assert result.exit_code == 0
    assert (copy.folder / "red-flags/some-flag.yaml").is_file()
    assert (copy.folder / "red-flags/some-flag.test.yaml").is_file()
    assert f"orbicularis check {copy.folder}" in result.output
    for wrong in (
        ["new", "red-flag", "some-flag", "--rules", str(copy.folder)],
        ["new", "red-flag", "Some Flag", "--rules", str(copy.folder)],
        ["new", "medicine", "some-flag", "--rules", str(copy.folder)],
        ["new", "cause", "some-cause", "--rules", str(tmp_path / "nowhere")],
    ):
        assert RUN.invoke(APP, wrong).exit_code == 2
