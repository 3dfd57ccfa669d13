"""Rules are renewed under a running service, and never for worse ones."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.api.reload.folder import CAUSE, NEW, RIGHT, SAID, WRONG, Folder
from tests.api.reload.watching import Service, until


def removed_and_written(folder: Folder) -> None:
    text = (folder.path / CAUSE).read_text(encoding="utf-8").replace(SAID, NEW)
    (folder.path / CAUSE).unlink()
    (folder.path / CAUSE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("edit", [Folder.change, Folder.rename, removed_and_written])
def test_an_edit_is_served(
    service: Service, folder: Folder, edit: Callable[[Folder], None]
) -> None:
    before = service.ready()
    assert SAID in service.advice()
    edit(folder)
    service.until_served(folder.revision)
    assert NEW in service.advice()
    after = service.ready()
    assert after["served_since"] > before["served_since"]
    assert after["reload"] == {"watched": True, "stale": False}


def test_errors_change_nothing_and_are_told(
    service: Service, folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    before = service.ready()
    began = datetime.now(UTC)
    with caplog.at_level(logging.INFO, logger="orbicularis"):
        folder.break_it()
        service.until_refused()
    after = service.ready()
    assert after["bundle"] == before["bundle"]
    assert after["served_since"] == before["served_since"]
    failure = after["reload"]["last_failure"]
    assert (failure["errors"], failure["place"], failure["code"]) == (2, f"{CAUSE}:12", "K310")
    assert datetime.fromisoformat(failure["at"]) >= began
    assert SAID in service.advice()
    told = [record.fields for record in caplog.records if record.message == "error in new rules"]  # type: ignore[attr-defined]  # ours
    assert {"place": f"{CAUSE}:12", "code": "K310"} in told


def test_when_they_are_mended_they_are_served(service: Service, folder: Folder) -> None:
    folder.break_it()
    service.until_refused()
    folder.mend_it()
    folder.change()
    service.until_served(folder.revision)
    assert service.reload["stale"] is False
    assert service.reload["last_failure"]["code"] == "K310"


def test_when_they_are_taken_back_nothing_is_stale(service: Service, folder: Folder) -> None:
    since = service.ready()["served_since"]
    folder.break_it()
    service.until_refused()
    folder.mend_it()
    until(lambda: not service.reload["stale"], "what was mended is still told as broken")
    assert service.ready()["served_since"] == since


@pytest.mark.parametrize("more", ["", "# mended\n"], ids=["the served rules", "other rules"])
def test_that_they_are_good_again_is_logged_once(
    service: Service, folder: Folder, caplog: pytest.LogCaptureFixture, more: str
) -> None:
    with caplog.at_level(logging.INFO, logger="orbicularis"):
        folder.break_it()
        service.until_refused()
        assert good_again(caplog) == []
        # In one step, or the mended rules could be seen before the others.
        folder.change(WRONG, f"{RIGHT}{more}")
        until(lambda: bool(good_again(caplog)), "it is not told")
        told = {"cause": "change", "revision": folder.revision[:12], "pid": os.getpid()}
        assert good_again(caplog) == [told]
        folder.change()
        service.until_served(folder.revision)
    assert good_again(caplog) == [told]


def good_again(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [record.fields for record in caplog.records if record.message == "rules good again"]  # type: ignore[attr-defined]  # ours


def test_outcomes_are_counted(service: Service, folder: Folder) -> None:
    folder.change()
    service.until_served(folder.revision)
    folder.break_it()
    service.until_refused()
    told = service.client.get("/metrics").text
    assert 'orbicularis_rule_reloads_total{outcome="served"} 1.0' in told
    assert 'orbicularis_rule_reloads_total{outcome="refused"}' in told
    assert "orbicularis_rules_stale 1.0" in told
