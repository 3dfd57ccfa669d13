"""Choosing, pasting, editing, and the command that asks the same."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted
from tests.support.patience import PATIENCE_S
from tests.web.workbench.conftest import Visit, answers
from tests.web.workbench.test_first_view import SHOTS

WIDE = {"width": 1440, "height": 1000}
CALCIUM = "Calcium, mg/dL"


def _sample() -> dict[str, Any]:
    return sample("hypoparathyroidism.request")


def test_a_sample_is_found_by_typing_and_comes_with_its_time(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    one.page.locator("#picker > summary").click()
    expect(one.page.locator("#found")).to_contain_text("of 1")
    one.page.get_by_label("Search the sample patients").fill("denosumab")
    hypocalcemia = one.page.locator("#list details", has_text="Hypocalcaemia")
    expect(hypocalcemia.get_by_role("button", name="Classic, denosumab")).to_be_visible()
    expect(one.page.locator("#list").get_by_text("Stress", exact=True)).to_be_hidden()
    one.page.screenshot(path=SHOTS / "workbench-samples.png")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#chosen")).to_have_text(
        "Hypocalcaemia: classic, denosumab in kidney disease"
    )
    expect(one.page.locator("#now")).to_have_value("2026-06-15T12:00:00Z")
    expect(one.page.locator(".card.critical")).to_contain_text("Denosumab in advanced kidney")
    one.settled()
    one.page.screenshot(path=SHOTS / "workbench-denosumab.png", full_page=True)


def test_the_keyboard_alone_chooses_a_sample(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    one.page.locator("#picker > summary").focus()
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_label("Search the sample patients")).to_be_focused()
    expect(one.page.locator("#found")).to_contain_text("sample patients")
    one.page.keyboard.type("rf stroke")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#picker > summary")).to_be_focused()
    expect(one.page.get_by_label("Search the sample patients")).to_be_hidden()
    one.page.keyboard.press("Enter")
    one.page.keyboard.press("Tab")
    with one.asking():
        one.page.locator("#list li:not([hidden]) button").first.focus()
        one.page.keyboard.press("Enter")
    expect(one.page.locator("#chosen")).to_contain_text("stroke")


def test_arrows_move_through_what_was_found(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    one.page.locator("#picker > summary").click()
    expect(one.page.locator("#found")).to_contain_text("sample patients")
    search = one.page.get_by_label("Search the sample patients")
    search.fill("denosumab")
    hits = one.page.locator("#list details:not([hidden]) li:not([hidden]) button")
    search.press("ArrowDown")
    expect(hits.nth(0)).to_be_focused()
    one.page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    one.page.keyboard.press("ArrowUp")
    one.page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    search.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    path = str(hits.nth(1).get_attribute("data-path"))
    with one.page.expect_request(f"**/workbench/samples/{path}"):
        one.page.keyboard.press("Enter")
    expect(search).to_be_hidden()


def test_ones_own_is_judged_at_the_present_unless_a_time_was_set(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.page.get_by_role("button", name="Edit or paste JSON").click()
    body, now = one.page.locator("#body"), one.page.locator("#now")
    with one.asking():
        body.fill(json.dumps(shifted(_sample(), datetime.now(UTC))))
    expect(now).to_have_value("")
    status = one.page.locator("#status")
    expect(status).to_contain_text("Your own request is judged at the present time. 1 card.")
    # Between the two the page may ask once more.
    now.fill("2026-11-20T12:00:00Z")
    own = json.dumps(_sample())
    with one.page.expect_response(answers(own, "2026-11-20T12:00:00Z")):
        body.fill(own)
    expect(now).to_have_value("2026-11-20T12:00:00Z")
    one.page.keyboard.press("Escape")
    one.choose("stress classic")
    expect(now).to_have_value("2026-06-15T12:00:00Z")


def test_a_pasted_request_is_answered(visit: Callable[..., Visit]) -> None:
    one = visit()
    assert one.paste(json.dumps(_sample()).replace("7.9", "9.4")) == 200
    assert one.ranking == ["Hypocalcaemia"]
    expect(one.page.locator("#chosen")).to_have_text("Your own")


def test_a_pasted_bundle_is_made_into_a_request(visit: Callable[..., Visit]) -> None:
    prefetch = _sample()["prefetch"]
    entries = [{"resource": prefetch.pop("patient")}]
    entries += [entry for one in prefetch.values() for entry in one.get("entry", ())]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    one = visit(viewport=WIDE)
    before = one.ranking
    assert one.paste(json.dumps(bundle)) == 200
    assert one.ranking == before
    said = one.page.locator(".done")
    expect(said).to_contain_text("was made into a patient-view request, for the Patient in it")
    expect(said).to_contain_text("laboratory 5")
    expect(said).to_contain_text("Left out, as it holds none: problem list and diagnoses")
    text = one.page.locator("#body").input_value()
    made = json.loads(text)
    assert text == json.dumps(made, indent=2, ensure_ascii=False)
    assert made["hook"] == "patient-view"
    assert made["context"]["patientId"] == "demo-hypoparathyroidism"
    assert len(made["prefetch"]["laboratory"]["entry"]) == 5
    one.page.screenshot(path=SHOTS / "workbench-bundle.png")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"hook":\n  "patient-view",}', "Line 2, column 18: this is no JSON"),
        ('{\n"hook": "patient-view"', "Line 2, column 23: this is no JSON"),
        ("[]", "The body is no JSON object"),
        ("", "The body is empty"),
        ('{"hook": "order-dispatch"}', "This hook is not one of the service's."),
        ('{"hook": "patient-view", "hookInstance": "a"}', "context: Field required."),
        ('{"resourceType": "Patient"}', "this is a single resource"),
        ('{"resourceType": "Bundle"}', "the Bundle holds no Patient"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_service(
    visit: Callable[..., Visit], text: str, words: str
) -> None:
    one = visit()
    assert one.paste(text) == 400
    alert = one.page.get_by_role("alert")
    expect(alert).to_contain_text(words)
    expect(one.page.locator("#status")).to_contain_text("Not answered (HTTP 400)")
    expect(one.page.locator(".bar")).to_have_count(2)


def test_the_error_leads_to_its_place(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    assert one.paste('{"hook":\n  "patient-view",}') == 400
    one.page.screenshot(path=SHOTS / "workbench-error.png")
    one.page.get_by_role("button", name="Go there").click()
    expect(one.page.locator("#body")).to_be_focused()
    at = one.page.evaluate("document.getElementById('body').selectionStart")
    assert at == len('{"hook":\n  "patient-view",')
    assert one.paste(json.dumps(_sample())) == 200
    expect(one.page.get_by_role("alert")).to_be_hidden()


def test_another_time_is_another_answer(visit: Callable[..., Visit]) -> None:
    one = visit()
    with one.asking():
        one.page.locator("#now").fill("2029-01-01T00:00:00Z")
    expect(one.page.locator("#cards")).to_contain_text("no index finding is present and recent")
    with one.asking():
        one.page.locator("#now").fill("next week")
    expect(one.page.get_by_role("alert")).to_contain_text("now: give a date and time")


def test_a_number_is_changed_in_the_text_and_nothing_else(visit: Callable[..., Visit]) -> None:
    one = visit()
    text = json.dumps(_sample(), indent=1)
    one.paste(text)
    with one.asking():
        one.page.get_by_label(CALCIUM).fill("9.4")
    assert one.page.locator("#body").input_value() == text.replace("7.9", "9.4")


def test_typing_slowly_is_not_disturbed_by_answers(visit: Callable[..., Visit]) -> None:
    one = visit()
    field = one.page.get_by_label(CALCIUM)
    field.focus()
    one.page.keyboard.press("Control+A")
    for key in "10.25":
        with one.asking():
            one.page.keyboard.press(key)
            if key == ".":
                one.page.get_by_role("button", name="Ask").dispatch_event("click")
    expect(field).to_have_value("10.25")
    expect(field).to_be_focused()
    assert '"value": 10.25' in one.page.locator("#body").input_value()


def test_nothing_is_stored_and_nobody_else_is_asked(
    visit: Callable[..., Visit], base_url: str
) -> None:
    one = visit()
    one.paste(json.dumps({**_sample(), "fhirServer": "http://127.0.0.1:9/fhir"}))
    kept = one.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    assert all(request.url.startswith(base_url) for request in one.asked)
    assert {request.method for request in one.asked} == {"GET", "POST"}
    assert all("patient" not in request.url for request in one.asked)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
@pytest.mark.parametrize("clipboard", [True, False])
def test_the_copied_command_asks_the_endpoint(
    visit: Callable[..., Visit], client: httpx.Client, clipboard: bool
) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"] if clipboard else [])
    request = shifted(_sample(), datetime.now(UTC))
    request["extension"] = {"note": "it's $HOME `x` \\ \n ü", "mark": "REQUEST"}
    text = json.dumps(request, indent=2, ensure_ascii=False)
    one.paste(text.replace('"mark"', '"mark":\n"REQUEST",\n"also"'), now="")
    if not clipboard:
        one.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    one.page.get_by_role("button", name="Copy as curl").click()
    if clipboard:
        expect(one.page.locator("#status")).to_have_text("Copied.")
        command = one.page.evaluate("navigator.clipboard.readText()")
    else:
        expect(one.page.get_by_label("The clipboard is out of reach")).to_be_visible()
        command = one.page.locator("#command").input_value()
    bash = shutil.which("bash") or "sh"
    done = subprocess.run(
        [bash, "-c", command], capture_output=True, check=True, timeout=PATIENCE_S
    )
    assert (
        json.loads(done.stdout)
        == client.post(
            "/cds-services/facial-twitching",
            json=request,
            headers={"Accept": "application/json"},
        ).json()
    )
