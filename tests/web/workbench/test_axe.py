"""axe finds nothing serious in the workbench, whatever is open, light and dark."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from orbicularis.api.sample import sample
from tests.web.axe import grave
from tests.web.workbench.conftest import Visit

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
@pytest.mark.parametrize("width", [1440, 360])
def test_the_first_view_keeps_nobody_out(
    visit: Callable[..., Visit], scheme: Any, width: int
) -> None:
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 900}).page
    assert grave(page) == []


@SCHEMES
def test_everything_opened_keeps_nobody_out(visit: Callable[..., Visit], scheme: Any) -> None:
    one = visit(color_scheme=scheme)
    one.choose("denosumab classic")
    one.page.get_by_role("button", name="Edit or paste JSON").click()
    one.page.evaluate("document.querySelectorAll('#answer details').forEach((d) => d.open = true)")
    one.page.locator(".accept").first.click()
    expect(one.page.locator(".heard").first).to_contain_text("Feedback received")
    one.page.locator(".segment").first.focus()
    expect(one.page.get_by_role("tooltip")).to_be_visible()
    one.still()
    assert grave(one.page) == []


@SCHEMES
def test_the_list_of_samples_keeps_nobody_out(visit: Callable[..., Visit], scheme: Any) -> None:
    one = visit(color_scheme=scheme)
    one.page.locator("#picker > summary").click()
    expect(one.page.locator("#found")).to_contain_text("sample patients")
    one.page.get_by_label("Search the sample patients").fill("calcium")
    assert grave(one.page) == []


@SCHEMES
def test_errors_and_a_wrapped_bundle_keep_nobody_out(
    visit: Callable[..., Visit], scheme: Any
) -> None:
    one = visit(color_scheme=scheme)
    parts = sample("hypoparathyroidism.request")["prefetch"].values()
    entries = [entry for part in parts for entry in part.get("entry", [{"resource": part}])]
    one.paste(json.dumps({"resourceType": "Bundle", "entry": entries}))
    expect(one.page.locator(".done")).to_be_visible()
    one.paste("{")
    expect(one.page.get_by_role("alert")).to_be_visible()
    one.still()
    assert grave(one.page) == []
