from collections.abc import Iterator

import httpx
import pytest

from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live

ORIGIN = "https://sandbox.example.org"
PATH = "/cds-services/facial-twitching"


def _preflight(client: httpx.Client, path: str, origin: str, headers: str) -> httpx.Response:
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": headers,
    }
    return client.options(path, headers=asked)


@pytest.mark.requirement("cds-hooks_2.0#208")
@pytest.mark.parametrize("path", ["/cds-services", PATH, f"{PATH}/feedback"])
@pytest.mark.parametrize("headers", ["authorization", "authorization,content-type"])
def test_a_preflight_allows_what_clients_send(
    client: httpx.Client, path: str, headers: str
) -> None:
    response = _preflight(client, path, ORIGIN, headers)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert set(headers.split(",")) <= set(
        response.headers["access-control-allow-headers"].split(", ")
    )
    assert {"GET", "POST"} <= set(response.headers["access-control-allow-methods"].split(", "))
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.requirement("cds-hooks_2.0#208")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/cds-services", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/nothing", 404),
        ("DELETE", "/cds-services", 405),
        ("POST", PATH, 400),
        ("POST", "/cds-services/none", 404),
    ],
)
def test_every_answer_may_be_read_by_a_browser(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    response = client.request(method, path, headers={"origin": ORIGIN})
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-expose-headers"] == (
        "retry-after, www-authenticate, x-request-id"
    )


@pytest.fixture(scope="module")
def choosy(engine: Engine) -> Iterator[httpx.Client]:
    """A client of a service that lets one origin in."""
    with (
        live(engine, Settings(cors_origins=(ORIGIN,))) as url,
        httpx.Client(base_url=url) as client,
    ):
        yield client


def test_a_listed_origin_is_named(choosy: httpx.Client) -> None:
    response = choosy.get("/cds-services", headers={"origin": ORIGIN})
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert response.headers["vary"] == "Origin"
    assert (
        _preflight(choosy, PATH, ORIGIN, "authorization").headers["access-control-allow-origin"]
        == ORIGIN
    )


def test_another_origin_is_not(choosy: httpx.Client) -> None:
    for response in (
        choosy.get("/cds-services", headers={"origin": "https://evil.example.org"}),
        choosy.get("/cds-services"),
        _preflight(choosy, PATH, "https://evil.example.org", "authorization"),
    ):
        assert response.is_success
        assert "access-control-allow-origin" not in response.headers
        assert response.headers["vary"] == "Origin"


@pytest.mark.parametrize(("profile", "allowed"), [("development", "true"), ("production", None)])
def test_a_public_page_reaches_this_machine_in_development_alone(
    engine: Engine, profile: str, allowed: str | None
) -> None:
    asked = {
        "origin": ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-private-network": "true",
    }
    with live(engine, Settings(profile=Profile(profile))) as url:
        response = httpx.options(f"{url}{PATH}", headers=asked)
    assert response.status_code == 204
    assert response.headers.get("access-control-allow-private-network") == allowed
