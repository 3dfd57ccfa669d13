"""``orbicularis check`` and ``orbicularis schema`` from the command line."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.cli.check import check
from orbicularis.cli.schema import schema
from orbicularis.knowledge.json_schema import outdated
from orbicularis.knowledge.load import load
from tests.knowledge.builder import CAUSE, FLAG, SMALL, Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(check)
APP.command()(schema)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_a_sound_bundle_gives_one_line_and_status_0() -> None:
    status, said = run("check", SMALL)

    assert status == 0
    assert len(said.splitlines()) == 1
    assert said.startswith(f"cramps 1.0.0, revision {load(SMALL).revision[:12]}: ")


def test_the_folder_is_rules_unless_the_environment_or_the_caller_says_otherwise(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ORBICULARIS_RULES", raising=False)
    monkeypatch.chdir(copy.folder.parent)
    assert run("check")[0] == 0

    monkeypatch.setenv("ORBICULARIS_RULES", str(copy.folder / "nowhere"))
    assert run("check")[0] == 2
    assert run("check", copy.folder)[0] == 0


def test_errors_give_status_1_and_the_place(copy: Copy) -> None:
    copy.change(CAUSE, "finding: tetany", "finding: tetanny")

    status, said = run("check", copy.folder)

    assert status == 1
    assert f"{copy.folder}/{CAUSE}:14:14: error[K310]" in said
    assert said.rstrip().endswith("1 error, 0 warnings")


def test_warnings_are_told_and_give_status_0(copy: Copy) -> None:
    copy.change(FLAG, "references: [made-up-2026]", "references: [clinical-consensus]")

    status, said = run("check", copy.folder)

    assert status == 0
    assert "warning[K523]" in said
    assert "0 errors, 1 warning" in said
    assert said.splitlines()[-1].startswith("cramps 1.0.0")


def test_formats_for_programs(copy: Copy) -> None:
    copy.change(CAUSE, "finding: tetany", "finding: tetanny")

    status, said = run("check", copy.folder, "--format", "json")
    assert status == 1
    assert json.loads(said)["problems"][0]["code"] == "K310"

    status, said = run("check", copy.folder, "--format", "github")
    assert status == 1
    assert said.startswith("::error file=")

    assert run("check", SMALL, "--format", "github") == (0, "")
    assert json.loads(run("check", SMALL, "--format", "json")[1])["bundle"]["name"] == "cramps"


def test_wrong_calls_give_status_2(tmp_path: Path) -> None:
    assert run("check", tmp_path / "nowhere")[0] == 2
    assert run("check", SMALL, "--format", "xml")[0] == 2
    assert run("check", "--explain", "K999")[0] == 2


def test_a_code_is_explained_without_any_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    status, said = run("check", "--explain", "k201")

    assert status == 0
    assert said.startswith("K201 (error): ")


def test_schemas_are_written(copy: Copy) -> None:
    status, said = run("schema", copy.folder)

    assert status == 0
    assert "finding.schema.json" in said
    assert outdated(copy.folder / "schema") == []
    assert run("schema", copy.folder) == (0, "")
    assert run("schema", copy.folder / "nowhere")[0] == 2
