"""``/rules/``: the pages that ``orbicularis docs`` writes, from the rules that are served."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.running import Running
from orbicularis.api.sample import sample
from orbicularis.api.serving import Serving
from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from orbicularis.pages.site import Site
from tests.api.live import live, running
from tests.api.outcome import issue
from tests.support.html import Page
from tests.web.conftest import BASE

_SMALL = Path("tests/knowledge/small")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/rules/", "index"),
        ("/rules/index.html", "index"),
        ("/rules/causes/hypoparathyroidism", "causes/hypoparathyroidism"),
        ("/rules/causes/hypoparathyroidism.html", "causes/hypoparathyroidism"),
        ("/rules/red-flags/rf-stroke", "red-flags/rf-stroke"),
        ("/rules/source-attributes.html", "source-attributes"),
    ],
)
def test_what_is_served_is_what_the_command_writes(
    client: httpx.Client, engine: Engine, path: str, page: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == Site(engine, [Path("rules")], 8, below_workbench=True).page(page)


def test_what_a_page_loads_is_served(client: httpx.Client) -> None:
    for path in ("/rules/", "/rules/causes/stress", "/source-attributes"):
        for address in Page(client.get(path).text).loads:
            answer = client.get(urljoin(path, address))
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] in (
                "text/css",
                "text/javascript",
                "image/svg+xml",
            )


@pytest.mark.parametrize(
    "path", ["/rules/", "/rules/causes/stress", "/source-attributes", "/rules/assets/rules.css"]
)
def test_a_browser_is_told_to_run_nothing_but_our_own(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_browser_need_not_fetch_again_what_it_has(client: httpx.Client) -> None:
    first = client.get("/rules/causes/stress")
    again = client.get("/rules/causes/stress", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get("/rules/causes/stress", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_without_the_slash_it_leads_to_the_index(client: httpx.Client) -> None:
    answer = client.get("/rules")
    assert answer.status_code == 308
    assert urljoin("/rules", answer.headers["location"]) == "/rules/"


@pytest.mark.parametrize(
    "path",
    [
        "/rules/causes/none",
        "/rules/causes/",
        "/rules/none",
        "/rules/causes/..%2f..%2fpyproject.toml",
        "/rules/a/b/c/%3Cscript%3E",
    ],
)
def test_an_unknown_page_is_told_to_people_and_programs(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = Page(answer.text)
    assert "There is no such page" in page.text
    assert "script>" not in answer.text
    shown = urljoin(path, next(link for link in page.links if link.endswith("index.html")))
    assert client.get(shown).status_code == 200
    assert issue(client.get(path, headers={"Accept": "application/json"}))["code"] == "not-found"


def test_the_address_of_each_card_is_followed(client: httpx.Client) -> None:
    body = shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))
    cards = client.post("/cds-services/facial-twitching", json=body).json()["cards"]
    assert cards
    for card in cards:
        address, _, anchor = card["source"]["url"].partition("#")
        assert address.startswith(f"{BASE}/rules/")
        page = Page(client.get(address.removeprefix(BASE)).text)
        assert anchor in page.ids
    assert cards[-1]["source"]["url"].endswith("/causes/hypoparathyroidism#evidence")


def test_other_rules_have_other_pages_at_once(engine: Engine) -> None:
    settings = Settings()
    app = create_app(engine, settings)
    with running(app) as url:
        path = f"{url}/rules/causes/hypoparathyroidism"
        assert httpx.get(path).status_code == 200
        app.state.running = Running.of(Serving(Engine(load(_SMALL))), settings)
        assert httpx.get(path).status_code == 404
        assert httpx.get(f"{url}/rules/causes/plain-cramp").status_code == 200


def test_a_setting_closes_the_pages(engine: Engine) -> None:
    settings = Settings(rule_pages=False, base_url=BASE)
    assert settings.pages_url is None
    with live(engine, settings) as url:
        for path in ("/rules/", "/rules/causes/stress", "/source-attributes"):
            assert httpx.get(url + path).status_code == 404


def test_pages_are_open_where_calls_need_a_token(engine: Engine) -> None:
    with live(engine, Settings(profile=Profile.PRODUCTION)) as url:
        assert httpx.get(f"{url}/rules/").status_code == 200
        assert httpx.get(f"{url}/source-attributes").status_code == 200


def test_pages_take_no_data(client: httpx.Client) -> None:
    assert client.post("/rules/causes/stress", json={}).status_code == 405
