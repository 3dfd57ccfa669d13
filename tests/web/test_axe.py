"""axe finds nothing serious in the rule pages, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.web.axe import grave
from tests.web.browser import CHROMIUM, started

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
_PAGES = (
    "/rules/",
    "/rules/causes/hypoparathyroidism",
    "/rules/findings/low-calcium",
    "/rules/orders/calcium-total",
    "/rules/red-flags/rf-hypocalcaemia-severe",
    "/rules/measurements/calcium-corrected",
    "/rules/services/facial-twitching",
    "/source-attributes",
    "/rules/causes/none",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", _PAGES)
def test_a_rule_page_keeps_nobody_out(
    browser: Browser, base_url: str, path: str, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(base_url + path)
    assert grave(page) == []
    context.close()


def test_it_would_be_found(browser: Browser, base_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{base_url}/rules/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(found.startswith("image-alt") for found in grave(page))
    context.close()
