from collections.abc import Iterator

import httpx
import pytest

from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.served import served
from tests.api.test_refusals import GOOD, PATH

DOCS = ("/docs", "/openapi.json", "/docs-static/swagger-ui.css")
ORIGIN = {"origin": "https://ehr.example.org"}


@pytest.fixture(scope="module", params=list(Profile))
def profile(request: pytest.FixtureRequest) -> Profile:
    chosen: Profile = request.param
    return chosen


@pytest.fixture(scope="module")
def service(engine: Engine, profile: Profile) -> Iterator[httpx.Client]:
    with live(engine, Settings(profile=profile)) as url, httpx.Client(base_url=url) as client:
        yield client


def test_what_is_open_follows_from_the_profile(service: httpx.Client, profile: Profile) -> None:
    safe = profile is Profile.PRODUCTION
    assert service.post(PATH, json=GOOD).status_code == (401 if safe else 412)
    for path in (*DOCS, "/metrics"):
        assert service.get(path).status_code == (404 if safe else 200)
    for path in ("/cds-services", "/healthz", "/readyz"):
        assert service.get(path).status_code == 200


def test_which_pages_are_let_in_follows_from_the_profile(
    service: httpx.Client, profile: Profile
) -> None:
    allowed = service.get("/cds-services", headers=ORIGIN).headers.get(
        "access-control-allow-origin"
    )
    assert allowed == (None if profile is Profile.PRODUCTION else "*")


@pytest.mark.parametrize("switched_on", [True, False])
def test_a_setting_outweighs_the_profile(
    engine: Engine, profile: Profile, switched_on: bool
) -> None:
    with live(engine, Settings(profile=profile, docs=switched_on)) as url:
        for path in DOCS:
            assert httpx.get(f"{url}{path}").status_code == (200 if switched_on else 404)


def test_every_origin_has_to_be_asked_for_in_production(engine: Engine) -> None:
    settings = Settings(profile=Profile.PRODUCTION, cors_origins=("*",))
    with live(engine, settings) as url:
        response = httpx.get(f"{url}/cds-services", headers=ORIGIN)
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"PROFILE": "production", "AUTH": "", "RULE_PAGES": "false"},
            {
                "calls": "refused: no issuer is trusted",
                "discovery": "open",
                "docs": "off",
                "workbench": "off",
                "pages": "off",
                "metrics": "off",
                "traces": "off",
                "origins": "no browser's",
                "hosts": "127.0.0.1,::1,localhost",
            },
        ),
        (
            {
                "AUTH": "none",
                "DOCS": "true",
                "METRICS": "true",
                "WORKBENCH": "true",
                "CORS_ORIGINS": "https://a.example",
                "BASE_URL": "https://cds.example.org",
                "AUTH_DISCOVERY": "true",
            },
            {
                "calls": "open to everyone who reaches this port",
                "discovery": "with a JWT",
                "docs": "{url}/docs",
                "workbench": "{url}/",
                "pages": "{url}/rules/",
                "metrics": "open",
                "traces": "sent",
                "origins": "https://a.example",
                "hosts": "cds.example.org,127.0.0.1,::1,localhost",
            },
        ),
    ],
)
def test_the_start_is_one_line_that_says_what_is_open(
    settings: dict[str, str], told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if told["traces"] == "sent":
        # The discard port: nobody listens, and nothing is asked that would be traced.
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with served(**settings) as running:
        wanted = {name: value.format(url=running.url) for name, value in told.items()}
        assert wanted.items() <= running.start.items()
        assert [line["message"] for line in running.lines if line["message"] == "serving"] == []
