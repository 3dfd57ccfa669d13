"""Where calls need a token, the workbench asks for one, uses it once and forgets it."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Route, expect

from orbicularis.api.sample import sample
from orbicularis.api.setting_values import Auth
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.auth.signer import BASE, ISSUER, PATH, key_set, public, token
from tests.api.live import live
from tests.web.workbench.conftest import Visit


@pytest.fixture
def guarded(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    keys = tmp_path_factory.mktemp("keys") / "jwks.json"
    keys.write_bytes(key_set(public("ES384")))
    settings = Settings(auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=(str(keys),))
    with live(engine, settings) as url:
        yield url


def _signed(path: str) -> str:
    now = time.time()
    return token(iat=now, exp=now + 60, aud=BASE + path)


def test_a_token_is_used_once_and_kept_nowhere(visit: Callable[..., Visit], guarded: str) -> None:
    one = visit(guarded)
    field = one.page.get_by_label("Bearer token (JWT)")
    expect(field).to_have_attribute("type", "password")
    one.look()
    expect(one.page.get_by_role("alert")).to_contain_text("Send a JWT")
    field.fill(_signed("/workbench/look"))
    one.look()
    expect(one.page.get_by_role("alert")).to_be_hidden()
    expect(one.page.locator("#status")).to_contain_text("1 card.")
    expect(field).to_have_value("")
    kept = one.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_nothing_is_asked_without_being_told_to(visit: Callable[..., Visit], guarded: str) -> None:
    one = visit(guarded)
    one.page.get_by_label("Calcium, mg/dL").fill("9.4")
    expect(one.page.locator("#status")).to_have_text("Changed. Give a token and press Ask.")
    one.page.wait_for_timeout(400)
    assert not any(request.method == "POST" for request in one.asked)
    one.page.get_by_label("Bearer token (JWT)").fill(_signed("/workbench/look"))
    one.look()
    assert one.ranking == ["Hypocalcaemia"]


def _asking(one: Visit) -> list[Route]:
    """Press Ask, and hold the question back."""
    held: list[Route] = []
    one.page.route("**/workbench/look?*", lambda route: held.append(route))
    one.page.get_by_label("Bearer token (JWT)").fill(_signed("/workbench/look"))
    one.page.get_by_role("button", name="Ask").click()
    while not held:
        one.page.wait_for_timeout(10)
    return held


def test_what_is_typed_while_a_bundle_is_asked_about_stays(
    visit: Callable[..., Visit], guarded: str
) -> None:
    one = visit(guarded)
    one.page.get_by_role("button", name="Edit or paste JSON").click()
    body = one.page.locator("#body")
    parts = sample("hypoparathyroidism.request")["prefetch"].values()
    entries = [entry for part in parts for entry in part.get("entry", [{"resource": part}])]
    body.fill(json.dumps({"resourceType": "Bundle", "entry": entries}))
    one.page.locator("#now").fill("2026-11-20T12:00:00Z")
    (held,) = _asking(one)
    body.fill("{}")
    held.continue_()
    one.settled()
    expect(one.page.locator(".done")).to_contain_text("was made into a patient-view request")
    expect(body).to_have_value("{}")


def test_an_answer_about_another_patient_is_not_shown_under_the_name_of_this_one(
    visit: Callable[..., Visit], guarded: str
) -> None:
    one = visit(guarded)
    one.page.locator("#now").fill("2029-01-01T00:00:00Z")
    _asking(one)
    one.page.locator("#picker > summary").click()
    expect(one.page.locator("#found")).to_contain_text("sample patients")
    one.page.get_by_label("Search the sample patients").fill("stress classic")
    with one.page.expect_event("requestfailed"):
        one.page.keyboard.press("Enter")
    expect(one.page.locator("#status")).to_have_text("Chosen. Give a token and press Ask.")
    one.settled()


def test_feedback_takes_a_token_of_its_own(visit: Callable[..., Visit], guarded: str) -> None:
    one = visit(guarded)
    one.page.get_by_role("button", name="Override").click()
    expect(one.page.locator(".heard")).to_have_text("Feedback was refused (HTTP 401).")
    one.page.get_by_label("Bearer token (JWT)").fill(_signed(f"{PATH}/feedback"))
    one.page.get_by_role("button", name="Override").click()
    expect(one.page.locator(".heard")).to_have_text("Feedback received: overridden (HTTP 200).")


def test_the_copied_command_names_a_variable_for_the_token(
    visit: Callable[..., Visit], guarded: str
) -> None:
    one = visit(guarded, permissions=["clipboard-read", "clipboard-write"])
    one.page.get_by_label("Bearer token (JWT)").fill("secret")
    one.page.get_by_role("button", name="Copy as curl").click()
    expect(one.page.locator("#status")).to_contain_text("Copied.")
    command = one.page.evaluate("navigator.clipboard.readText()")
    assert '-H "Authorization: Bearer $TOKEN"' in command
    assert "secret" not in command
