"""The rule pages in a real browser: narrow and wide, light and dark, by keyboard, without script.

Each page is photographed into ``build/screenshots/``, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import CHROMIUM, started
from tests.web.shifts import shifted, watch_shifts

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
_LEAST_FELT = 0.1
"""Less is not felt (Web Vitals, cumulative layout shift)."""
_SHOTS = Path("build/screenshots")
_PAGES = {
    "index": "/rules/",
    "cause": "/rules/causes/hypoparathyroidism",
    "red-flag": "/rules/red-flags/rf-hypocalcaemia-severe",
    "finding": "/rules/findings/low-calcium",
    "order": "/rules/orders/calcium-total",
    "measurement": "/rules/measurements/calcium-corrected",
    "service": "/rules/services/facial-twitching",
    "source-attributes": "/source-attributes",
    "missing": "/rules/causes/none",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def _page(browser: Browser, **options: Any) -> Page:
    return browser.new_context(**options).new_page()


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_a_page_fits_its_window_and_loads_only_its_own(
    browser: Browser, base_url: str, name: str, scheme: Any, width: int
) -> None:
    page = _page(browser, color_scheme=scheme, viewport={"width": width, "height": 900})
    watch_shifts(page.context)
    loaded: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(base_url + _PAGES[name], wait_until="networkidle")
    assert shifted(page) < _LEAST_FELT
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(base_url) for url in loaded)
    assert [text for text in complaints if "404" not in text] == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 28)"
    assert dark is (scheme == "dark")
    _SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SHOTS / f"rules-{name}-{scheme}-{width}.png", full_page=True)
    page.context.close()


def test_the_search_narrows_the_index(browser: Browser, base_url: str) -> None:
    page = _page(browser)
    page.goto(f"{base_url}/rules/")
    field = page.get_by_role("searchbox", name="Search the rules")
    field.fill("hypocalcemia")
    expect(page.get_by_role("link", name="Hypocalcaemia", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Stress", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Services")).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text(" rules")
    field.fill("rf stroke")
    expect(page.get_by_role("link", name="Hypocalcaemia", exact=True)).to_be_hidden()
    field.fill("")
    expect(page.get_by_role("link", name="Stress", exact=True).first).to_be_visible()
    page.context.close()


def test_enter_leads_to_the_first_that_was_found(browser: Browser, base_url: str) -> None:
    page = _page(browser)
    page.goto(f"{base_url}/rules/")
    page.get_by_role("searchbox").fill("hypoparathyroidism")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hypoparathyroidism")
    page.context.close()


def test_without_script_the_index_is_a_list(browser: Browser, base_url: str) -> None:
    page = _page(browser, java_script_enabled=False)
    page.goto(f"{base_url}/rules/")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.get_by_role("link", name="Hypocalcaemia", exact=True)).to_be_visible()
    page.context.close()


def test_the_keyboard_skips_to_the_content(browser: Browser, base_url: str) -> None:
    page = _page(browser)
    page.goto(base_url + _PAGES["cause"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.context.close()


def test_an_anchor_brings_its_section_into_view(browser: Browser, base_url: str) -> None:
    page = _page(browser, viewport={"width": 360, "height": 700})
    page.goto(f"{base_url}{_PAGES['cause']}#evidence")
    expect(page.get_by_role("heading", name="Evidence for and against")).to_be_in_viewport()
    page.context.close()


def test_a_vignette_opens_by_keyboard(browser: Browser, base_url: str) -> None:
    page = _page(browser)
    page.goto(base_url + _PAGES["cause"])
    one = page.locator("details").first
    one.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(one.get_by_text("first: Hypoparathyroidism")).to_be_visible()
    page.context.close()
