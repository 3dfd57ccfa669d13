"""Folders that are replaced by a link, as git-sync and Kubernetes do it."""

from pathlib import Path
from shutil import copytree

from tests.api.reload.folder import NEW, Folder
from tests.api.reload.watching import until, watching
from tests.hiccups.call import RULES


def link(place: Path, target: Path) -> None:
    """Let a link lead elsewhere in one step."""
    fresh = place.with_name(f"{place.name}.new")
    fresh.symlink_to(target)
    fresh.replace(place)


def two(tmp_path: Path) -> tuple[Path, Path]:
    """The rules, and the rules with a change in them."""
    old = copytree(RULES, tmp_path / "old")
    new = copytree(RULES, tmp_path / "new")
    Folder(new).change()
    return old, new


def test_the_folder_itself_is_a_link(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    link(tmp_path / "current", old)
    with watching(tmp_path / "current") as service:
        link(tmp_path / "current", new)
        service.until_served(Folder(new).revision)
        assert NEW in service.advice()
        Folder(new).change(NEW, "Look again.")
        service.until_served(Folder(new).revision)
        assert "Look again." in service.advice()


def test_a_volume_of_kubernetes(tmp_path: Path) -> None:
    """Its files and folders are links into ``..data``, which is a link that is replaced."""
    old, new = two(tmp_path)
    volume = tmp_path / "volume"
    volume.mkdir()
    old.rename(volume / "..2026_01")
    link(volume / "..data", Path("..2026_01"))
    for entry in (volume / "..2026_01").iterdir():
        (volume / entry.name).symlink_to(f"..data/{entry.name}")
    with watching(volume) as service:
        new.rename(volume / "..2026_02")
        link(volume / "..data", Path("..2026_02"))
        service.until_served(Folder(volume / "..2026_02").revision)
        assert NEW in service.advice()


def test_a_folder_that_is_gone_for_a_while(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    with watching(old) as service:
        old.rename(tmp_path / "aside")
        service.until_refused()
        assert service.reload["last_failure"]["code"] == "K004"
        (tmp_path / "aside").rename(old)
        until(lambda: not service.reload["stale"], "the folder that is back was not seen")
        Folder(old).change()
        service.until_served(Folder(new).revision)


def test_an_overlay_is_watched_too(tmp_path: Path) -> None:
    rules = copytree(RULES, tmp_path / "rules")
    site = tmp_path / "site"
    site.mkdir()
    head = "name: here\ntitle: Here\nversion: '1'\nbase: hiccups-example\n"
    (site / "overlay.yaml").write_text(head)
    with watching(rules, site) as service:
        assert service.ready()["bundle"]["overlay"] == {"name": "here", "version": "1"}
        before = service.revision
        (site / "overlay.yaml").write_text(head.replace("'1'", "'2'"))
        until(lambda: service.revision != before, "the overlay is not watched")
        assert service.ready()["bundle"]["overlay"] == {"name": "here", "version": "2"}
        (site / "overlay.yaml").write_text(head.replace("hiccups", "sneezes"))
        service.until_refused()
        assert service.reload["last_failure"]["place"] == "site/overlay.yaml:4"
