"""Rules as they stood at a git revision."""

import subprocess
from pathlib import Path

import pytest

from orbicularis.authoring import git_revision
from orbicularis.authoring.git_revision import NotAvailable, rules_at
from orbicularis.knowledge.load import load
from tests.authoring.repository import Repository
from tests.knowledge.builder import CAUSE, SMALL


def text_at(place: str, rules: Path) -> str:
    with rules_at(place, rules) as folder:
        return (folder / CAUSE).read_text(encoding="utf-8")


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    with rules_at(str(tmp_path), tmp_path / "nowhere") as folder:
        assert folder == tmp_path


def test_a_revision_is_written_out_and_taken_away_again(repository: Repository) -> None:
    repository.commit("first")
    repository.rules.change(CAUSE, "prior: uncommon", "prior: rare")
    repository.commit("second")
    for place, prior in (("HEAD", "rare"), ("HEAD~1", "uncommon"), ("main", "rare")):
        assert f"prior: {prior}\n" in text_at(place, repository.rules.folder)
    with rules_at("HEAD~1", repository.rules.folder) as folder:
        assert load(folder).revision == load(SMALL).revision
        assert not (folder.parent / "README.md").exists()
    assert not folder.exists()


def test_what_is_not_committed_is_not_seen(repository: Repository) -> None:
    repository.commit("first")
    repository.rules.change(CAUSE, "prior: uncommon", "prior: rare")
    assert "prior: uncommon\n" in text_at("HEAD", repository.rules.folder)


def test_what_is_missing_is_named(repository: Repository, tmp_path: Path) -> None:
    repository.commit("without rules", only="README.md")
    repository.commit("with rules")
    rules = repository.rules.folder
    for place, told in (
        ("HEAD~7", '"HEAD~7" is neither a folder nor a git revision'),
        ("no-such-branch", "is neither a folder nor a git revision"),
        ("HEAD~1", 'the revision "HEAD~1" has no folder'),
        ("--output=x", "is no git revision: write a commit, a branch or a tag"),
        ("HEAD:rules", "is no git revision"),
    ):
        with pytest.raises(NotAvailable, match=told.replace("~", r"\~")), rules_at(place, rules):
            pass


def test_outside_of_a_repository_there_are_folders_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with (
        pytest.raises(NotAvailable, match="does not stand in a git repository"),
        rules_at("HEAD", tmp_path),
    ):
        pass
    with pytest.raises(NotAvailable, match="there is no "), rules_at("HEAD", tmp_path / "rules"):
        pass


def test_without_git_folders_can_still_be_compared(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("first")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with (
        pytest.raises(NotAvailable, match="git is not installed"),
        rules_at("HEAD", repository.rules.folder),
    ):
        pass


def test_git_that_does_not_answer_is_not_waited_for(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 1)

    monkeypatch.setattr("subprocess.run", never)
    with (
        pytest.raises(NotAvailable, match="git did not answer within"),
        rules_at("HEAD", repository.rules.folder),
    ):
        pass


def test_an_object_that_git_cannot_write_out(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("first")
    monkeypatch.setattr(git_revision, "_tree", lambda *_: ("0" * 40, repository.folder))
    with (
        pytest.raises(NotAvailable, match="git could not write out"),
        rules_at("HEAD", repository.rules.folder),
    ):
        pass
