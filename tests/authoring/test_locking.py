"""``orbicularis lock``: only what is sound is set down, and only with a new version."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orbicularis.authoring.locking import NotLocked, Renewal, renew
from orbicularis.cli.lock import lock
from orbicularis.knowledge.load import read
from orbicularis.knowledge.lock import NAME
from tests.knowledge.builder import CAUSE, FLAG, PLAIN, Copy

RUN = CliRunner()
APP = typer.Typer()
APP.command()(lock)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUN.invoke(APP, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def locked(copy: Copy) -> Copy:
    renew(copy.folder)
    return copy


def test_the_first_lock_holds_every_rule_on_a_line_of_its_own(copy: Copy) -> None:
    renewal = renew(copy.folder)
    assert len(renewal.added) == 14
    assert renewal.raised == renewal.removed == ()
    lines = [line for line in copy.text(NAME).splitlines() if line.startswith("  ")]
    assert [line.split(":")[0].strip() for line in lines] == sorted(renewal.added)
    assert read(copy.folder).problems == []


def test_a_lock_that_is_current_is_not_written_again(locked: Copy) -> None:
    path = locked.folder / NAME
    written = path.stat().st_mtime_ns
    assert renew(locked.folder) == Renewal((), (), ())
    assert path.stat().st_mtime_ns == written
    assert run(locked.folder) == (0, f"{path}: already current\n")


def test_changed_content_needs_a_new_version(locked: Copy) -> None:
    before = locked.text(NAME)
    locked.change(CAUSE, "prior: uncommon", "prior: rare")
    with pytest.raises(NotLocked) as refused:
        renew(locked.folder)
    assert [problem.code for problem in refused.value.problems] == ["K901"]
    status, said = run(locked.folder)
    assert status == 1
    assert "error[K901]" in said
    assert locked.text(NAME) == before
    locked.change(CAUSE, "version: 1", "version: 2")
    assert renew(locked.folder).raised == ("causes/hypocalcaemia",)
    assert read(locked.folder).problems == []


def test_versions_are_raised_when_asked_for(locked: Copy) -> None:
    locked.change(CAUSE, "version: 1", "version: 1  # the first")
    locked.change(CAUSE, "prior: uncommon", "prior: rare")
    text = locked.text(PLAIN)
    locked.change(FLAG, "version: 1", "version: 7")
    status, said = run(locked.folder, "--raise")
    assert (status, said) == (0, f"{locked.folder / NAME}: 2 with a new version\n")
    assert "version: 2  # the first\n" in locked.text(CAUSE)
    assert locked.text(PLAIN) == text
    locked.change(FLAG, "version: 7", "version: 3")
    assert renew(locked.folder, raise_versions=True).raised == ("red-flags/tetany-now",)
    assert "version: 8\n" in locked.text(FLAG)


def test_rules_with_errors_are_not_locked_and_no_version_is_raised(locked: Copy) -> None:
    locked.change(CAUSE, "prior: uncommon", "prior: rare")
    locked.change(PLAIN, "prior: common", "prior: comon")
    status, said = run(locked.folder, "--raise")
    assert status == 1
    assert "error[K204]" in said
    assert "version: 1\n" in locked.text(CAUSE)


def test_rules_that_are_gone_leave_the_lock(locked: Copy) -> None:
    for path in ("causes/plain-cramp.yaml", "causes/plain-cramp.test.yaml"):
        (locked.folder / path).unlink()
    for file, old, new in (
        (CAUSE, "look_alikes: [plain-cramp]\nmore_general: [plain-cramp]\n", "look_alikes: []\n"),
        ("causes/hypocalcaemia.test.yaml", "      not_listed: [plain-cramp]\n", ""),
        (
            "causes/hypocalcaemia.test.yaml",
            "      above:\n        - [hypocalcaemia, plain-cramp]\n",
            "",
        ),
    ):
        locked.change(file, old, new)
    renewal = renew(locked.folder, raise_versions=True)
    assert renewal == Renewal((), ("causes/hypocalcaemia",), ("causes/plain-cramp",))


def test_a_wrong_call_gives_status_2(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere")[0] == 2
