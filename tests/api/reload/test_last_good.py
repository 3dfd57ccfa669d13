"""A process that has to start while the rules are broken starts with the last good ones."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from threading import Thread

import httpx
import pytest

from orbicularis.api.main import app_factory
from orbicularis.api.reload import last_good, start
from orbicularis.api.reload.last_good import LastGood, kept_for_workers
from orbicularis.api.reload.reloader import steady
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Answer, Engine
from orbicularis.errors.problem import BundleError
from orbicularis.knowledge.load import load
from tests.api.live import running
from tests.api.reload.folder import CAUSE, NEW, RIGHT, SAID, Folder
from tests.api.reload.watching import Service
from tests.conformance.patients import RULES


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LastGood:
    """What the parent of worker processes has made for them."""
    place = tmp_path / "kept"
    place.mkdir(mode=0o700)
    monkeypatch.setenv(last_good.VARIABLE, str(place))
    return LastGood(place)


def test_it_starts_with_them_says_so_and_takes_what_is_mended(
    folder: Folder, kept: LastGood, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep([folder.path], folder.revision)
    good = folder.revision
    folder.break_it()
    monkeypatch.setenv("ORBICULARIS_RULES", str(folder.path))
    monkeypatch.setenv("ORBICULARIS_RELOAD_RULES", "true")
    monkeypatch.setattr("orbicularis.api.main.configure", lambda _: None)
    monkeypatch.setattr("orbicularis.api.main.set_aside", lambda: None)
    app = app_factory()
    with running(app) as url, httpx.Client(base_url=url) as client:
        service = Service(client)
        assert service.revision == good
        told = service.reload
        assert told["stale"] is True
        assert told["last_failure"]["code"] == "K310"
        assert "orbicularis_rules_stale 1.0" in client.get("/metrics").text
        assert SAID in service.advice()
        folder.mend_it()
        folder.change()
        service.until_served(folder.revision)
        assert service.reload["stale"] is False
        assert NEW in service.advice()
    assert kept.revision == folder.revision


def test_what_was_mended_between_reading_and_watching_is_seen(
    folder: Folder, kept: LastGood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORBICULARIS_RULES", str(folder.path))
    monkeypatch.setenv("ORBICULARIS_RELOAD_RULES", "true")
    monkeypatch.setattr("orbicularis.api.main.configure", lambda _: None)
    monkeypatch.setattr("orbicularis.api.main.set_aside", lambda: None)
    app = app_factory()
    folder.change()
    with running(app) as url, httpx.Client(base_url=url) as client:
        Service(client).until_served(folder.revision)


def test_the_log_tells_why(
    folder: Folder, kept: LastGood, caplog: pytest.LogCaptureFixture
) -> None:
    kept.keep([folder.path], folder.revision)
    folder.break_it()
    with caplog.at_level(logging.ERROR, logger="orbicularis"):
        started = start.start(Settings(rules=folder.path))
    told = [(record.message, record.fields) for record in caplog.records]  # type: ignore[attr-defined]  # ours
    problem = {"place": "causes/uraemia.yaml:12", "code": "K310"}
    assert ("error in new rules", problem) in told
    message, fields = told[-1]
    assert message == "started with the last good rules"
    assert fields["served"] == started.engine.bundle.revision[:12]
    assert (fields["errors"], fields["code"], fields["pid"]) == (2, "K310", os.getpid())
    assert str(folder.path) not in json.dumps(fields)


def test_without_any_that_were_good_it_does_not_start(folder: Folder, kept: LastGood) -> None:
    folder.break_it()
    with pytest.raises(BundleError):
        start.start(Settings(rules=folder.path))


def test_a_process_without_a_parent_of_ours_does_not_start_with_broken_rules(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(last_good.VARIABLE, raising=False)
    folder.break_it()
    with pytest.raises(BundleError):
        start.start(Settings(rules=folder.path))


def _by_another_user(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)


def _open_to_others(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.chmod(0o750)


def _copy_open_to_others(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "last").resolve().chmod(0o770)


def _behind_a_link(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = place.with_name("link")
    link.symlink_to(place)
    monkeypatch.setenv(last_good.VARIABLE, str(link))


def _led_elsewhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = (place / "last").resolve()
    (place / "last").unlink()
    (place / "last").symlink_to(copy)


def _without_a_rule(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "last/0" / CAUSE).unlink()


def _with_other_words(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(place / "last/0").change()


def _broken(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(place / "last/0").change(RIGHT, "finding: none-such\n")


@pytest.mark.parametrize(
    "changed",
    [
        _by_another_user,
        _open_to_others,
        _copy_open_to_others,
        _behind_a_link,
        _led_elsewhere,
        _without_a_rule,
        _with_other_words,
        _broken,
    ],
)
def test_a_copy_that_may_be_another_is_not_started_with(
    folder: Folder,
    kept: LastGood,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    changed: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    kept.keep([folder.path], folder.revision)
    changed(tmp_path / "kept", monkeypatch)
    folder.break_it()
    with pytest.raises(BundleError) as error:
        start.start(Settings(rules=folder.path))
    assert "high-creatinin" in str(error.value)
    assert [record.message for record in caplog.records] == ["last good rules not taken"]


def test_good_rules_in_the_folder_go_before_the_copy(folder: Folder, kept: LastGood) -> None:
    kept.keep([folder.path], folder.revision)
    folder.change()
    started = start.start(Settings(rules=folder.path))
    assert started.engine.bundle.revision == folder.revision
    assert started.failure is None


def test_the_copy_is_the_rules_and_the_overlay(folder: Folder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    head = "name: here\ntitle: Here\nversion: '1'\nbase: hiccups-example\n"
    (site / "overlay.yaml").write_text(head)
    settings = Settings(rules=folder.path, overlay=site)
    revision = load(folder.path, site).revision
    with kept_for_workers(settings.folders, revision):
        made = last_good.last_good()
        assert made is not None
        copied = made.settings(settings)
        assert copied is not None
        assert not copied.rules.is_relative_to(folder.path)
        assert load(copied.rules, copied.overlay).revision == revision
    assert not copied.rules.exists()
    assert last_good.last_good() is None


def test_the_copy_holds_all_that_is_served_and_nothing_else(kept: LastGood, tmp_path: Path) -> None:
    kept.keep([RULES], "1")
    copied = tmp_path / "kept/1/0"
    assert load(copied).revision == load(RULES).revision
    assert not list(copied.rglob("*.test.yaml"))
    assert not (copied / "schema").exists()


def test_what_changed_while_it_was_copied_is_not_kept(folder: Folder, kept: LastGood) -> None:
    kept.keep([folder.path], "first")
    kept.keep([folder.path], "second", unchanged=lambda: False)
    assert kept.revision == "first"


def test_few_copies_stay(folder: Folder, kept: LastGood, tmp_path: Path) -> None:
    for number in range(6):
        kept.keep([folder.path], f"revision-{number}")
    left = {path.name for path in (tmp_path / "kept").iterdir()}
    assert left == {".lock", "last", "revision-4", "revision-5"}
    assert kept.revision == "revision-5"


def test_no_room_for_a_copy_keeps_nobody_from_new_rules(
    folder: Folder,
    kept: LastGood,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    assert steady(Settings(rules=folder.path)).rules.revision == folder.revision
    with kept_for_workers([folder.path], folder.revision):
        pass
    assert [record.message for record in caplog.records] == ["rules not kept"] * 2
    assert kept.revision is None


def test_rules_on_which_the_engine_fails_are_not_taken(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(Engine, "answer", failing)
    with pytest.raises(ZeroDivisionError):
        steady(Settings(rules=folder.path))


SMALL = Path("tests/hiccups/rules")


def test_processes_that_keep_at_once_never_leave_half_a_copy(kept: LastGood) -> None:
    """Each keeps other revisions in turn, of which the oldest is cleared away each time."""
    place = Path(os.environ[last_good.VARIABLE])
    names = [letter * 32 for letter in "abc"]

    def keep(first: int) -> None:
        for turn in range(first, first + 30):
            LastGood(place).keep([SMALL], names[turn % 3])

    threads = [Thread(target=keep, args=(first,)) for first in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    copies = [one for one in place.iterdir() if one.is_dir() and not one.is_symlink()]
    assert kept.revision in {one.name for one in copies}
    assert len(copies) <= 3
    for copy in copies:
        assert load(copy / "0").revision == load(SMALL).revision


def test_a_copy_that_went_missing_is_made_again(kept: LastGood) -> None:
    kept.keep([SMALL], "a" * 32)
    place = Path(os.environ[last_good.VARIABLE])
    rmtree(place / ("a" * 32))
    kept.keep([SMALL], "a" * 32)
    assert load(place / ("a" * 32) / "0").causes


def test_what_a_killed_process_left_is_cleared_away(kept: LastGood) -> None:
    place = Path(os.environ[last_good.VARIABLE])
    (place / ".half").mkdir()
    kept.keep([SMALL], "a" * 32)
    assert not (place / ".half").exists()
