"""``POST /workbench/look``: behind the door and within the limits of a call, and no call."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbicularis.api import deadline
from orbicularis.api.app import create_app
from orbicularis.api.running import Running
from orbicularis.api.sample import sample
from orbicularis.api.serving import Serving
from orbicularis.api.setting_values import Auth, Profile
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Answer, DataMissing, Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.load import load
from tests.api.auth.signer import BASE, ISSUER, PATH, key_set, public, token
from tests.api.fhir_access.fhir_server import FhirServer, fhir_server
from tests.api.live import live, running
from tests.api.outcome import issue

LOOK = "/workbench/look"
NOW = {"now": "2026-11-20T12:00:00Z"}
SMALL = Path("tests/knowledge/small")
LOGGED = {"request_id", "issuer", "hook", "service", "revision", "status", "duration_ms"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def worked() -> dict[str, Any]:
    return sample("hypoparathyroidism.request")


def test_the_answer_is_a_part_of_the_page_and_kept_nowhere(client: httpx.Client) -> None:
    answer = client.post(LOOK, params=NOW, json=worked())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "Hypoparathyroidism" in answer.text
    assert "<html" not in answer.text


def test_the_present_is_the_time_unless_another_is_given(client: httpx.Client) -> None:
    future = worked()
    assert "judged at 2026-11-20 12:00 UTC" in client.post(LOOK, params=NOW, json=future).text
    zoned = {"now": "2026-11-20T13:00:00+01:00"}
    assert (
        "judged at 2026-11-20 13:00 UTC+01:00" in client.post(LOOK, params=zoned, json=future).text
    )
    year = time.strftime("%Y-", time.gmtime())
    assert f"judged at {year}" in client.post(LOOK, json=future).text


@pytest.mark.parametrize("now", ["next week", "0001-01-01", "9999-12-31T23:59:59Z", "1e9"])
def test_a_time_that_is_none_is_refused(client: httpx.Client, now: str) -> None:
    answer = client.post(LOOK, params={"now": now}, json=worked())
    assert answer.status_code == 400
    assert issue(answer)["expression"] == ["now"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_unknown_service_is_refused(client: httpx.Client) -> None:
    answer = client.post(LOOK, params={"service": "none"}, json=worked())
    assert answer.status_code == 404


def test_data_that_are_missing_are_named(client: httpx.Client) -> None:
    answer = client.post(LOOK, json={**worked(), "prefetch": {}})
    assert answer.status_code == 412
    places = [one["expression"] for one in answer.json()["issue"]]
    assert places == [["prefetch.conditions"], ["prefetch.symptoms"], ["prefetch.encounters"]]


@pytest.mark.parametrize(
    ("limits", "status", "words"),
    [
        ({"max_body_bytes": 1000}, 413, "longer than the 1000 bytes"),
        ({"max_elements": 100}, 413, "more than the 100 values"),
        ({"max_entries": 3}, 413, "more than the 3 entries"),
        ({"max_keys": 3}, 413, "more than the 3 keys"),
    ],
)
def test_the_limits_of_a_call_hold(
    engine: Engine, limits: dict[str, Any], status: int, words: str
) -> None:
    with live(engine, Settings(**limits)) as url:
        request = worked()
        request["prefetch"]["conditions"]["entry"] = [{"resource": {}}] * 30
        answer = httpx.post(url + LOOK, params=NOW, json=request)
        called = httpx.post(f"{url}{PATH}", json=request)
        assert answer.status_code == called.status_code == status
        assert words in answer.text


def test_it_takes_less_than_a_call(engine: Engine) -> None:
    with live(engine, Settings(workbench_max_body_bytes=1000)) as url:
        answer = httpx.post(url + LOOK, params=NOW, json=worked())
        assert answer.status_code == 413
        assert "longer than the 1000 bytes" in answer.text
        assert httpx.post(f"{url}{PATH}", json=worked()).status_code == 200


def test_what_takes_too_long_is_broken_off(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def within(seconds: float, work: Callable[[], str]) -> str:
        raise deadline.OutOfTime

    monkeypatch.setattr(deadline, "within", within)
    answer = httpx.post(base_url + LOOK, params=NOW, json=worked())
    assert answer.status_code == 413
    assert answer.json()["issue"][0]["code"] == "too-costly"


def test_what_a_first_look_needs_is_there_before_its_deadline_begins() -> None:
    """In a process of its own nothing of it would have been imported before."""
    code = f"""
import json, sys
from pathlib import Path
import httpx
from orbicularis.api import deadline
from orbicularis.api.sample import sample
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.live import live

def within(seconds, work):
    before = set(sys.modules)
    assert "jinja2" in before
    made = work()
    print(json.dumps(sorted(set(sys.modules) - before)))
    return made

assert "jinja2" not in sys.modules
deadline.within = within
with live(Engine(load(Path("rules"))), Settings()) as url:
    answer = httpx.post(url + "{LOOK}?now={NOW["now"]}", json=sample("hypoparathyroidism.request"))
    assert answer.status_code == 200
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = json.loads(done.stdout.splitlines()[-1])
    assert [name for name in imported if name.partition(".")[0] in ("jinja2", "orbicularis")] == []


def test_a_bundle_is_held_to_the_limits_too(engine: Engine) -> None:
    entries = [{"resource": {"resourceType": "Patient", "id": str(at)}} for at in range(40)]
    with live(engine, Settings(max_entries=30)) as url:
        answer = httpx.post(url + LOOK, json={"resourceType": "Bundle", "entry": entries})
        assert answer.status_code == 413
        assert "more than the 30 entries" in answer.text


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Encoding": "gzip"}, 415),
        (b"\xff", {}, 400),
        (b"[" * 100_000, {}, 413),
        (b"[" * 20_000, {}, 400),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, {}, 400),
    ],
)
def test_what_a_call_may_not_be_is_refused(
    client: httpx.Client, content: bytes, headers: dict[str, str], status: int
) -> None:
    assert client.post(LOOK, content=content, headers=headers).status_code == status


def test_it_is_only_asked_by_post(client: httpx.Client) -> None:
    assert client.get(LOOK).status_code == 405
    assert client.post("/").status_code == 405


@pytest.fixture
def keys(tmp_path: Path) -> str:
    path = tmp_path / "jwks.json"
    path.write_bytes(key_set(public("ES384")))
    return str(path)


def _signed(path: str = LOOK) -> dict[str, str]:
    now = time.time()
    return {"authorization": f"Bearer {token(iat=now, exp=now + 60, aud=BASE + path)}"}


def test_where_calls_need_a_token_it_needs_one_too(engine: Engine, keys: str) -> None:
    settings = Settings(auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=(keys,))
    with live(engine, settings) as url, httpx.Client(base_url=url, headers=BROWSER) as client:
        assert client.post(LOOK, content=b"[").status_code == 401
        assert client.post(LOOK, params=NOW, json=worked()).status_code == 401
        # A token for the endpoint itself is none for the workbench.
        assert client.post(LOOK, json=worked(), headers=_signed(PATH)).status_code == 401
        signed = _signed()
        answer = client.post(LOOK, params=NOW, json=worked(), headers=signed)
        assert answer.status_code == 200
        assert client.post(LOOK, params=NOW, json=worked(), headers=signed).status_code == 401
        page = client.get("/").text
        assert 'data-auth="jwt"' in page
        assert 'id="token"' in page


def test_its_log_line_names_client_service_and_revision_and_nothing_of_the_answer(
    engine: Engine, keys: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "orbicularis")
    settings = Settings(auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=(keys,))
    with live(engine, settings) as url:
        signed = _signed()
        assert httpx.post(url + LOOK, params=NOW, json=worked(), headers=signed).status_code == 200
        assert httpx.post(url + LOOK, params=NOW, json=worked()).status_code == 401
    looked, refused = (vars(one)["fields"] for one in caplog.records if one.msg == "workbench")
    assert set(looked) == set(refused) == LOGGED
    assert looked["issuer"] == ISSUER
    assert looked["service"] == "facial-twitching"
    assert looked["revision"] == engine.bundle.revision[:12]
    assert looked["status"] == 200
    assert refused["status"] == 401
    assert (refused["issuer"], refused["service"], refused["revision"]) == (None, None, None)


@pytest.fixture
def ehr() -> Iterator[FhirServer]:
    with fhir_server() as server:
        yield server


def test_no_fhir_server_is_asked_although_a_call_would_ask_it(
    engine: Engine, ehr: FhirServer
) -> None:
    request = worked() | {"fhirServer": ehr.base}
    del request["prefetch"]["conditions"]
    with live(engine, Settings(allowed_fhir_servers=(ehr.base,), fhir_timeout_s=30)) as url:
        assert httpx.post(url + LOOK, params=NOW, json=request).status_code == 200
        nothing = request | {"prefetch": {}}
        assert httpx.post(url + LOOK, params=NOW, json=nothing).status_code == 412
        assert ehr.requests == []
        httpx.post(f"{url}{PATH}", json=request)
        assert ehr.requests != []


def test_production_has_none_unless_it_is_asked_for(engine: Engine) -> None:
    with live(engine, Settings(profile=Profile.PRODUCTION)) as url:
        for path in ("/", "/workbench/samples", "/workbench/assets/workbench.js"):
            answer = httpx.get(url + path, headers=BROWSER)
            assert answer.status_code == 404
            assert answer.json()["issue"][0]["code"] == "not-found"
        assert httpx.post(url + LOOK, json=worked()).status_code == 404
    with live(engine, Settings(profile=Profile.PRODUCTION, workbench=True)) as url:
        assert httpx.get(f"{url}/").status_code == 200
        assert httpx.post(url + LOOK, json=worked()).status_code == 401


def test_the_setting_follows_the_profile() -> None:
    assert Settings().shows_workbench
    assert not Settings(workbench=False).shows_workbench
    assert not Settings(profile=Profile.PRODUCTION).shows_workbench
    assert Settings(profile=Profile.PRODUCTION, workbench=True).shows_workbench


def test_other_rules_have_another_workbench_at_once(engine: Engine) -> None:
    settings = Settings()
    app = create_app(engine, settings)
    with running(app) as url:
        assert "Hypoparathyroidism" in httpx.get(f"{url}/workbench/samples").text
        app.state.running = Running.of(Serving(Engine(load(SMALL))), settings)
        assert "Hypoparathyroidism:" not in httpx.get(f"{url}/workbench/samples").text
        assert "Cramps, a bundle for tests" in httpx.get(f"{url}/").text


class Unserved(Engine):
    """An engine whose rules ask for other data than the worked example has."""

    def answer(
        self, service_id: str, call: Call, now: datetime, *, in_full: bool = False
    ) -> Answer:
        raise DataMissing(())


def test_a_worked_example_that_these_rules_cannot_use_is_no_failure() -> None:
    with live(Unserved(load(SMALL)), Settings()) as url:
        page = httpx.get(f"{url}/")
        assert page.status_code == 200
        assert "Choose a sample patient, or paste a request." in page.text


def test_where_a_card_tells_of_gaps_it_is_not_called_silence(client: httpx.Client) -> None:
    request = worked()
    request["prefetch"]["symptoms"] = {"resourceType": "OperationOutcome", "issue": []}
    answer = client.post(LOOK, params=NOW, json=request).text
    assert "ranks nothing; the card tells what could not be read" in answer
    assert "stays silent" not in answer
