"""From ``orbicularis new`` to a passing test, on a copy of ``rules/``."""

import re
from pathlib import Path
from shutil import copytree

import typer
from typer.testing import CliRunner

from orbicularis.cli.check import check
from orbicularis.cli.lock import lock
from orbicularis.cli.new import new
from orbicularis.cli.vignettes import run_vignettes

RULES = Path(__file__).parents[2] / "rules"
RUN = CliRunner()
APP = typer.Typer()
APP.command()(check)
APP.command()(new)
APP.command()(lock)
APP.command("test")(run_vignettes)
PROMPT = re.compile(r"<(?:fill in|choose)[^<>]*>")
CAUSE = [
    "Made-up cause", "active", "2026-02-03", "clinical-consensus", "other", "info", "common",
    "false", "stridor", "strong", "made up", "clinical-consensus", "facial-weakness", "weak",
    "made up", "clinical-consensus", "Nothing.", "calcium-total", "magnesium", "nothing", "stress",
    "nothing", "nothing",
]  # fmt: skip
VIGNETTES = [
    "with stridor", "Twitching of upper lip", "Stridor",
    "with facial weakness", "Twitching of upper lip", "Facial weakness",
]  # fmt: skip


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def fill_in(path: Path, answers: list[str]) -> None:
    left = iter(answers)
    path.write_text(PROMPT.sub(lambda _: next(left), path.read_text("utf-8")), encoding="utf-8")
    assert list(left) == []


def test_new_check_lock_test(tmp_path: Path) -> None:
    rules = copytree(RULES, tmp_path / "rules")
    (rules / "bundle.lock").unlink(missing_ok=True)
    assert run("lock", rules)[0] == 0

    assert run("new", "cause", "made-up-cause", "--rules", rules)[0] == 0
    status, said = run("check", rules)
    assert status == 1
    assert f"{len(CAUSE) + len(VIGNETTES)} errors" in said

    fill_in(rules / "causes/made-up-cause.yaml", CAUSE)
    fill_in(rules / "causes/made-up-cause.test.yaml", VIGNETTES)
    status, said = run("check", rules)
    assert status == 1
    assert "error[K902] new, or in a new version: causes/made-up-cause\n" in said
    assert "1 error," in said

    assert run("lock", rules) == (0, f"{rules / 'bundle.lock'}: 1 added\n")
    assert run("check", rules)[0] == 0
    assert run("test", rules, "--only", "made-up-cause") == (0, "2 passed, 0 failed\n")
