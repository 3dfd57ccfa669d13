"""``orbicularis docs``."""

from pathlib import Path

from typer.testing import CliRunner

from orbicularis.cli.main import app
from tests.knowledge import overlays
from tests.pages.conftest import SMALL
from tests.support.html import Page

RUNNER = CliRunner()

_LOCAL_CODE = """\
change:
  orders:
    calcium:
      local_code: calcium-here
"""


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_writes_pages_that_open_without_a_server(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["docs", str(SMALL), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    files = _files(tmp_path / "out")
    assert {
        "index.html",
        "source-attributes.html",
        "source-attributes.json",
        "assets/rules.css",
        "assets/search.js",
        "assets/mark.svg",
        "causes/hypocalcaemia.html",
        "red-flags/tetany-now.html",
    } <= files.keys()
    assert str(len(files)) in done.output


def test_the_same_rules_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        RUNNER.invoke(app, ["docs", str(SMALL), "-o", str(tmp_path / name)])
    assert _files(tmp_path / "one") == _files(tmp_path / "two") != {}


def test_broken_rules_give_no_pages(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["docs", str(tmp_path), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_file_is_no_folder_to_write_to(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = RUNNER.invoke(app, ["docs", str(SMALL), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2


def test_an_overlay_has_its_pages_and_is_named_in_the_footer(tmp_path: Path) -> None:
    overlay = overlays.Site.bare(tmp_path, _LOCAL_CODE).with_codes().with_cause()
    out = tmp_path / "out"
    done = RUNNER.invoke(
        app, ["docs", str(SMALL), "-o", str(out), "--overlay", str(overlay.folder)]
    )
    assert done.exit_code == 0, done.output
    added = Page((out / "causes/overuse.html").read_text())
    assert "at our clinic" in added.text
    assert "as changed by example-hospital 2026.1" in added.text
    assert "LAB7" in Page((out / "orders/calcium.html").read_text()).text
