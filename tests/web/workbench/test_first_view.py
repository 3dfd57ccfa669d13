"""What one sees first: small, still, fitting every window, in both schemes."""

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from playwright.sync_api import Browser, expect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import running
from tests.support.html import Page
from tests.web.shifts import shifted, watch_shifts
from tests.web.workbench.conftest import Visit

SHOTS = Path("build/screenshots")


def test_all_of_it_together_is_under_100_kb(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    loads = {urljoin("/", address) for address in Page(page.text).loads}
    modules = {
        f"/workbench/assets/{name}.js"
        for name in ("curl", "feedback", "json-text", "picker", "picture")
    }
    answers = [client.get(address) for address in sorted(loads | modules)]
    assert {answer.status_code for answer in answers} == {200}
    assert len(page.content) + sum(len(answer.content) for answer in answers) < 100_000


@pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", 1440), ("dark", 1440), ("light", 768), ("dark", 768), ("light", 360), ("dark", 360)],
)
def test_it_fits_its_window_stands_still_and_loads_only_its_own(
    browser: Browser, base_url: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    watch_shifts(context)
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{base_url}/", wait_until="networkidle")
    assert shifted(page) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate(
            "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)"
        )
        < 100_000
    )
    assert len(loaded) > 5
    assert all(url.startswith(base_url) for url in loaded)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 28)"
    assert dark is (scheme == "dark")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"workbench-first-{scheme}-{width}.png", full_page=True)
    context.close()


class InPieces:
    """Sends a page as a slow line does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def slowly(message: Message) -> None:
            body = message.get("body", b"")
            if scope["path"] == "/" and body:
                for at in range(0, len(body), 6_000):
                    piece = body[at : at + 6_000]
                    await send({"type": message["type"], "body": piece, "more_body": True})
                    await asyncio.sleep(0.1)
                message = {"type": message["type"], "body": b""}
            await send(message)

        await self._app(scope, receive, slowly if scope["type"] == "http" else send)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_stands_still_however_slowly_it_comes_in(
    browser: Browser, engine: Engine, width: int
) -> None:
    app = create_app(engine, Settings())
    app.add_middleware(InPieces)
    context = browser.new_context(viewport={"width": width, "height": 900})
    watch_shifts(context)
    page = context.new_page()
    with running(app) as url:
        page.goto(f"{url}/")
        expect(page.locator("#chart")).to_be_visible()
        expect(page.locator("#cards")).to_be_visible()
        assert shifted(page) == 0
        context.close()


def test_an_answer_moves_nothing_that_one_did_not_touch(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    watch_shifts(context)
    page = context.new_page()
    page.goto(f"{base_url}/")
    with page.expect_response("**/workbench/look?*"):
        page.get_by_label("Calcium, mg/dL").fill("9.4")
    expect(page.locator("#status")).to_contain_text("Hypoparathyroidism left the list")
    page.wait_for_timeout(600)
    assert shifted(page) < 0.1
    context.close()


def test_the_browser_may_run_and_ask_nothing_else(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for part in ("script-src 'self'", "style-src 'self'", "connect-src 'self'"):
        assert part in policy.split("; ")


def test_the_page_has_no_script_and_no_style_in_it(client: httpx.Client) -> None:
    for tag, given in Page(client.get("/").text).tags:
        assert "style" not in given
        assert not any(name.startswith("on") for name in given)
        assert tag != "style"
        assert tag != "script" or given.get("src")


def test_every_link_to_a_rule_leads_to_its_page(client: httpx.Client, engine: Engine) -> None:
    bundle = engine.bundle
    rules: dict[str, Collection[str]] = {
        "causes": bundle.causes,
        "red-flags": bundle.red_flags,
        "findings": bundle.findings,
        "orders": bundle.orders,
    }
    links = {link for link in Page(client.get("/").text).links if link.startswith("rules/")}
    told = {(link.split("/")[1], link.split("/")[2]) for link in links if link != "rules/"}
    assert {folder for folder, _ in told} >= {"causes", "red-flags", "findings"}
    assert [(folder, name) for folder, name in told if name not in rules[folder]] == []
    for folder, name in dict(sorted(told)).items():
        assert client.head(f"/rules/{folder}/{name}").status_code == 200


def test_it_warns_of_real_patients(visit: Callable[..., Visit]) -> None:
    page = visit().page
    expect(page.get_by_text("Never paste real patient data")).to_be_visible()


def test_without_script_it_shows_a_worked_example(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/")
    assert "<noscript>" in page.content()
    expect(page.locator(".bar")).to_have_count(2)
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_with_everything_open_it_still_fits_its_window(
    visit: Callable[..., Visit], width: int
) -> None:
    one = visit(viewport={"width": width, "height": 800})
    one.choose("denosumab classic")
    one.page.get_by_role("button", name="Edit or paste JSON").click()
    one.page.evaluate("document.querySelectorAll('#answer details').forEach((d) => d.open = true)")
    one.page.locator("#picker > summary").click()
    expect(one.page.locator("#list details:not([hidden])").first).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    wider = one.page.evaluate(
        "Array.from(document.querySelectorAll('main *')).filter((one) => !one.closest("
        "'.wide, pre, svg, .sr') && one.getBoundingClientRect().right > innerWidth + 1"
        ").map((one) => one.outerHTML.slice(0, 120))"
    )
    assert wider == []
    one.page.keyboard.press("Escape")
    one.page.screenshot(path=SHOTS / f"workbench-open-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "first"), [(360, "cards"), (768, "chart")])
def test_on_a_phone_the_cards_come_before_the_chart(
    visit: Callable[..., Visit], width: int, first: str
) -> None:
    one = visit(viewport={"width": width, "height": 800})
    tops = {
        name: one.page.locator(f"#{name}").evaluate(
            "(part) => { const at = part.getBoundingClientRect(); return [at.top, at.left]; }"
        )
        for name in ("chart", "cards", "why")
    }
    assert min(tops, key=lambda name: tops[name]) == first
