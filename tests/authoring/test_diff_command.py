"""``orbicularis diff`` from the command line."""

import json
from pathlib import Path
from shutil import copytree

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.authoring.changes import Change, RuleChange, What
from orbicularis.authoring.diff_report import Comparison, Side, as_json, as_markdown
from orbicularis.authoring.effects import Effect, Told
from orbicularis.cli.diff import diff
from tests.authoring.repository import Repository
from tests.knowledge.builder import CAUSE, SMALL, Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(diff)
RULES = Path(__file__).parents[2] / "rules"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [str(argument) for argument in arguments])
    return result.exit_code, result.output


CHANGED = Effect("typical", "a.test.yaml", Told("no card"), Told("critical", ("a",), ("b|c",)))
COMPARISON = Comparison(
    Side("v1", "1.0", "a" * 64),
    Side("rules", "1.1", "b" * 64),
    (
        RuleChange(
            "cause",
            "tics",
            "Tics",
            What.CHANGED,
            (
                Change(What.CHANGED, "version", "version", "1", "2"),
                Change(What.ADDED, "evidence", "`a` present", after="strength: for, weak"),
                Change(What.REMOVED, "setting", "workup first: mri"),
                Change(What.CHANGED, "wording", "advice", "wait", "<b>*now*</b>"),
                Change(What.CHANGED, "setting", "the order of a list"),
            ),
        ),
        RuleChange("cause", "gout", "Gout", What.REMOVED),
        RuleChange("cause", "itch", "Itch", What.REMOVED),
        RuleChange(
            "bundle", "", "", What.CHANGED, (Change(What.CHANGED, "version", "a", "b", "c"),)
        ),
    ),
    9,
    (CHANGED, CHANGED, CHANGED),
)


def test_as_markdown() -> None:
    assert (
        as_markdown(COMPARISON, 1)
        == """\
## What changed in the rules

`v1` (1.0, revision aaaaaaaaaaaa) → `rules` (1.1, revision bbbbbbbbbbbb)

1 cause changed, 2 causes removed, 1 bundle changed. The outcome changes for 3 of 9 patients.

### Causes

**Tics (`tics`)**: changed

- version changed: 1 → 2
- evidence added: `a` present: strength: for, weak
- setting removed: workup first: mri
- wording changed: advice: wait → &lt;b>\\*now\\*&lt;/b>
- setting changed: the order of a list

**Gout (`gout`)**: removed

**Itch (`itch`)**: removed

### Bundle

**Bundle**: changed

- version changed: a: b → c

### Patients whose outcome changes

**typical** (a.test.yaml)

| | before | after |
| --- | --- | --- |
| cards | no card | critical |
| causes | none | a |
| red flags | none | b\\|c |

And 2 more: a.test.yaml (2)
"""
    )


def test_as_json() -> None:
    document = json.loads(as_json(COMPARISON))
    assert document["old"] == {"place": "v1", "version": "1.0", "revision": "a" * 64}
    assert document["rules"][0]["changes"][0] == {
        "what": "changed",
        "topic": "version",
        "name": "version",
        "before": "1",
        "after": "2",
    }
    assert document["effects"][0]["after"]["red_flags"] == ["b|c"]


def test_nothing_changed() -> None:
    status, said = run(SMALL, SMALL)
    assert status == 0
    assert "No rule changed. The outcome is the same for all " in said


def test_two_folders(copy: Copy) -> None:
    copy.change(CAUSE, "requires: [cramp]", "requires: [low-calcium]")
    copy.change("red-flags/tetany-now.yaml", "at_least: 2", "at_least: 3")
    status, said = run(SMALL, copy.folder)
    assert status == 0
    assert "- setting added: requires: low-calcium\n- setting removed: requires: cramp\n" in said
    assert "| red flags | tetany-now | none |\n" in said
    document = json.loads(run(SMALL, copy.folder, "--format", "json")[1])
    assert [rule["id"] for rule in document["rules"]] == ["hypocalcaemia", "tetany-now"]
    assert document["patients"] > len(document["effects"]) > 0


def test_a_git_revision_against_the_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("first")
    repository.rules.change(CAUSE, "prior: uncommon", "prior: rare")
    monkeypatch.chdir(repository.folder)
    status, said = run("HEAD", "rules")
    assert status == 0
    assert "`HEAD` (1.0.0, " in said
    assert "- setting changed: prior: uncommon → rare\n" in said
    repository.commit("second")
    assert "prior: uncommon → rare" in run("HEAD~1", "HEAD")[1]
    assert "prior: rare → uncommon" in run("main", "main~1", "--rules", "rules")[1]


def test_a_place_that_is_none_gives_status_2(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("first")
    monkeypatch.chdir(repository.folder)
    status, said = run("HEAD~5", "rules")
    assert status == 2
    assert "neither a folder nor a git" in " ".join(said.split())


def test_broken_rules_give_status_1_and_their_problems_under_the_given_name(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.rules.change(CAUSE, "prior: uncommon", "prior: uncomon")
    repository.commit("broken")
    repository.rules.change(CAUSE, "prior: uncomon", "prior: uncommon")
    monkeypatch.chdir(repository.folder)
    status, said = run("HEAD", "rules")
    assert status == 1
    assert f"HEAD/{CAUSE}:10:8: error[K204]" in said
    assert "1 error, 0 warnings: HEAD cannot be used" in said
    repository.rules.change("well/nobody.yaml", "nothing: true", "nothing: perhaps")
    assert run(SMALL, "rules")[0] == 1


def test_a_copy_of_the_rules(tmp_path: Path) -> None:
    """The whole of ``rules/``, but with the vignettes of one cause alone, to be quick."""
    old, new = (copytree(RULES, tmp_path / name) for name in ("old", "new"))
    for folder in (old, new):
        for path in (*folder.rglob("*.test.yaml"), *folder.glob("well/*.yaml")):
            if path.name != "hypoparathyroidism.test.yaml":
                path.unlink()
    cause = new / "causes/hypoparathyroidism.yaml"
    text = cause.read_text(encoding="utf-8")
    assert text.count("prior: uncommon\n") == 1
    cause.write_text(text.replace("prior: uncommon\n", "prior: rare\n"), encoding="utf-8")
    status, said = run(old, new, "--format", "json")
    assert status == 0
    document = json.loads(said)
    assert [(rule["kind"], rule["id"]) for rule in document["rules"]] == [
        ("cause", "hypoparathyroidism")
    ]
    assert {effect["source"] for effect in document["effects"]} >= {
        "causes/hypoparathyroidism.test.yaml"
    }
