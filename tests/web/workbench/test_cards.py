"""The cards as an EHR would show them, and the feedback that their buttons send."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Request, expect

from tests.web.workbench.conftest import Visit
from tests.web.workbench.test_first_view import SHOTS

WIDE = {"width": 1440, "height": 1000}


def _sent(visit: Visit, button: str) -> Request:
    with visit.page.expect_request("**/feedback*") as asked:
        visit.page.get_by_role("button", name=button).first.click()
    return asked.value


def test_indicator_markdown_links_and_reasons_are_shown(visit: Callable[..., Visit]) -> None:
    card = visit().page.locator(".card.warning")
    expect(card.locator(".indicator")).to_have_text("warning")
    expect(card.locator(".detail strong").first).to_have_text(
        "1. Hypoparathyroidism: well supported"
    )
    expect(card.locator(".detail")).to_contain_text("For: calcium is low")
    expect(card.locator(".card-links a").first).to_have_attribute("href", re.compile("^https://"))
    expect(card.locator(".card-links a").first).to_have_attribute("rel", "noopener noreferrer")
    expect(card.locator("select option")).to_have_count(9)
    expect(card.locator(".source a")).to_have_attribute("href", re.compile("/rules/causes/"))


def test_a_suggestion_opens_as_json(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    suggestion = one.page.locator(".suggestions li").first
    shown = suggestion.locator("pre")
    expect(shown).to_be_hidden()
    suggestion.locator("summary").click()
    request = json.loads(shown.inner_text())
    assert request["resourceType"] == "ServiceRequest"
    assert request["status"] == "draft"
    assert request["subject"] == {"reference": "Patient/demo-hypoparathyroidism"}
    one.page.locator(".card").screenshot(path=SHOTS / "workbench-card.png")


def test_taking_a_suggestion_is_told_to_the_service(visit: Callable[..., Visit]) -> None:
    one = visit()
    asked = _sent(one, "Creatinine with eGFR")
    (entry,) = (asked.post_data_json or {})["feedback"]
    card = one.page.locator(".card")
    assert entry["card"] == card.get_attribute("data-card")
    assert entry["outcome"] == "accepted"
    accept = card.locator(".accept").first
    assert entry["acceptedSuggestions"] == [{"id": accept.get_attribute("data-accept")}]
    expect(card.locator(".heard")).to_have_text("Feedback received: accepted (HTTP 200).")


def test_overriding_is_told_with_the_reason(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.get_by_label("Override because").select_option("patient-refuses")
    (entry,) = (_sent(one, "Override").post_data_json or {})["feedback"]
    assert entry["outcome"] == "overridden"
    assert entry["overrideReason"]["reason"]["code"] == "patient-refuses"
    assert entry["overrideReason"]["reason"]["system"].startswith("http://terminology.hl7.org/")
    heard = one.page.locator(".heard")
    expect(heard).to_have_text("Feedback received: overridden (HTTP 200).")
    one.page.get_by_label("Override because").select_option("")
    (entry,) = (_sent(one, "Override").post_data_json or {})["feedback"]
    assert "overrideReason" not in entry


def test_feedback_that_is_refused_is_told_so(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.locator("#service").evaluate("(field) => { field.value = 'none' }")
    _sent(one, "Override")
    expect(one.page.locator(".heard")).to_have_text("Feedback was refused (HTTP 404).")
    expect(one.page.locator(".heard")).to_have_class("heard failed")


def test_silence_is_shown_as_such(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.choose("without facial signs")
    expect(one.page.locator("#cards")).to_contain_text('"cards": []')
    expect(one.page.locator("#why")).to_contain_text("No index finding is present and recent")
    one.page.screenshot(path=SHOTS / "workbench-silent.png", full_page=True)


def test_an_order_that_cannot_wait_says_so(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    one.choose("denosumab classic")
    urgent = one.page.locator(".card.critical .accept")
    expect(urgent.first.locator(".priority")).to_have_text("stat")
    routine = one.page.locator(".card.warning .accept", has_text="Phosphate")
    expect(routine.locator(".priority")).to_have_count(0)
    for item in one.page.locator(".suggestions li").all():
        button, details = item.locator("button").bounding_box(), item.locator("details")
        below = details.bounding_box()
        assert button is not None
        assert below is not None
        assert below["y"] >= button["y"] + button["height"]
