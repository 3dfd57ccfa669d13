"""``python -m tests.web.pictures``: the pictures of the README, from the running service."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live
from tests.web.browser import CHROMIUM, started

FOLDER = Path("docs/pictures")
_SCALE = 1.5
_WIDTH = 1280
_ROOM = 12
"""Pixels left round what is shown."""

SICK = "vesicles a benign explanation is also present"
"""Finds a sample patient with a red flag, and with evidence against causes."""


def main() -> None:
    """Take them all."""
    if CHROMIUM is None:
        sys.exit("No Chromium is found. On Debian and Ubuntu: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with live(Engine(load(Path("rules"))), Settings()) as url, started() as browser:
        _workbench(_opened(browser, url))
        _sick(_opened(browser, url))


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(
        viewport={"width": _WIDTH, "height": 860}, device_scale_factor=_SCALE, color_scheme="light"
    ).new_page()
    page.goto(f"{url}/")
    expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
    return page


def _workbench(page: Page) -> None:
    """The first view, as it opens."""
    page.screenshot(path=FOLDER / "workbench.png")


def _sick(page: Page) -> None:
    """The alert of a sick patient, and the picture of the reasoning."""
    page.locator("#picker > summary").click()
    expect(page.locator("#found")).to_contain_text("sample patients")
    page.get_by_label("Search the sample patients").fill(SICK)
    with page.expect_response("**/workbench/look?*"):
        page.keyboard.press("Enter")
    expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#status")).to_have_text(re.compile("2 cards"))
    _cut(page, ".card >> nth=0", "alert-card.png")
    _cut(page, "#why .axis", "evidence.png", down_to="#why .key")


def _cut(page: Page, what: str, name: str, down_to: str | None = None) -> None:
    first, last = (page.locator(one).bounding_box() for one in (what, down_to or what))
    assert first is not None
    assert last is not None
    page.screenshot(
        path=FOLDER / name,
        clip={
            "x": max(0.0, first["x"] - _ROOM),
            "y": max(0.0, first["y"] - _ROOM),
            "width": first["width"] + 2 * _ROOM,
            "height": last["y"] + last["height"] - first["y"] + 2 * _ROOM,
        },
        full_page=True,
    )


if __name__ == "__main__":
    main()
