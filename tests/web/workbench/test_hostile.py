"""Text of a chart is hostile: it is shown, and never acts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from orbicularis.api.sample import sample
from tests.web.workbench.conftest import Visit

_TEXTS = (
    "<img src=x onerror=\"window.hit='img'\">",
    "<script>window.hit='script'</script>",
    '"><svg onload="window.hit=\'svg\'">',
    "' autofocus onfocus='window.hit=1",
    "[a](javascript:window.hit='link')",
    "<a href=\"javascript:window.hit='a'\">a</a>",
    "</textarea><script>window.hit='textarea'</script>",
    "{{ 7 * 7 }} {% raw %}",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
)
_ACTIVE = """() => Array.from(document.querySelectorAll("#answer *")).flatMap((one) =>
  Array.from(one.attributes)
    .filter(({ name, value }) => /^on|^style$/.test(name) || /^\\s*javascript:/i.test(value))
    .map(({ name }) => `${one.localName} ${name}`)
).concat(Array.from(document.querySelectorAll(
  "#answer script, #answer img, #answer iframe, #answer [srcdoc], #answer object"
), (one) => one.localName))"""


def _hostile(value: Any, text: str) -> Any:
    """The same with the text in every place where words of the chart may stand."""
    if isinstance(value, list):
        return [_hostile(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _hostile(one, text) for name, one in value.items()}
    for name in ("text", "display", "unit"):
        if isinstance(found.get(name), str):
            found[name] = f"{found[name]} {text}"
    if found.get("resourceType") in ("Observation", "Procedure"):
        found["id"] = text
    return found


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("as_bundle", [False, True])
def test_it_is_shown_and_never_acts(
    visit: Callable[..., Visit], text: str, as_bundle: bool
) -> None:
    one = visit()
    request = _hostile(sample("hypoparathyroidism.request"), text)
    request["prefetch"][text] = {"resourceType": "OperationOutcome", "issue": [{"code": text}]}
    if as_bundle:
        parts = request["prefetch"].values()
        entries = [entry for part in parts for entry in part.get("entry", [{"resource": part}])]
        request = {"resourceType": "Bundle", "entry": entries}
    assert one.paste(json.dumps(request)) == 200
    expect(one.page.locator("#chart")).to_contain_text(text[:12])
    for segment in one.page.locator(".segment").all():
        segment.focus()
    one.page.wait_for_timeout(50)
    assert one.page.evaluate("window.hit") is None
    assert one.page.evaluate(_ACTIVE) == []


def test_errors_do_not_repeat_what_was_sent(visit: Callable[..., Visit]) -> None:
    one = visit()
    assert one.paste('{"hook": "<img src=x onerror=alert(1)>"}') == 400
    expect(one.page.get_by_role("alert")).not_to_contain_text("img")
    assert one.page.locator("#problem img").count() == 0
