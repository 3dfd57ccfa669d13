import asyncio
import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from orbicularis.api.headers import SecurityHeaders
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.test_refusals import GOOD, PATH

HSTS = "strict-transport-security"


@pytest.fixture(scope="module")
def public(engine: Engine) -> Iterator[httpx.Client]:
    settings = Settings(base_url="https://cds.example.org")
    with live(engine, settings) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/cds-services", 200),
        ("GET", "/healthz", 200),
        ("GET", "/nothing", 404),
        ("PUT", "/cds-services", 405),
        ("POST", PATH, 400),
        ("GET", "/metrics", 200),
        ("GET", "/openapi.json", 200),
    ],
)
def test_every_answer_is_data_and_nothing_else(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    policy = response.headers["content-security-policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert HSTS not in response.headers


def test_a_preflight_and_a_misdirected_request_have_them_too(public: httpx.Client) -> None:
    asked = {"origin": "https://ehr.example", "access-control-request-method": "POST"}
    for response in (
        public.options(PATH, headers=asked),
        public.get("/cds-services", headers={"host": "evil.example"}),
    ):
        assert response.headers["x-content-type-options"] == "nosniff"


def test_browsers_insist_on_https_where_it_is_public(public: httpx.Client) -> None:
    assert public.get("/cds-services").headers[HSTS] == "max-age=31536000"


def test_nobody_keeps_what_was_made_of_patients_data(
    client: httpx.Client, request_body: dict[str, object]
) -> None:
    answer = client.post(PATH, json=request_body)
    assert answer.json()["cards"]
    for response in (answer, client.post(PATH, json=GOOD), client.post(PATH, content=b"{")):
        assert response.headers["cache-control"] == "no-store"
    assert "cache-control" not in client.get("/cds-services").headers


def test_the_page_of_the_documentation_works_under_its_policy(client: httpx.Client) -> None:
    page = client.get("/docs")
    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'none'"
    assert all(place.startswith("/") for place in re.findall(r'(?:src|href)="([^"]+)"', page.text))


async def _page(request: Request) -> Response:
    headers = {"content-security-policy": "default-src 'self'", "cache-control": "max-age=60"}
    return HTMLResponse("<p>", headers=headers)


async def _asked(app: SecurityHeaders, method: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
        return await client.request(method, "/")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_an_answer_says_itself_is_left_alone(method: str) -> None:
    inner = Starlette(routes=[Route("/", _page, methods=["GET", "POST"])])
    response = asyncio.run(_asked(SecurityHeaders(inner, https=False), method))
    assert response.headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert response.headers.get_list("cache-control") == ["max-age=60"]
    assert response.headers["referrer-policy"] == "no-referrer"
