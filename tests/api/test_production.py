"""The whole application as a hospital runs it: JWT on, one issuer, one FHIR server."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbicularis.api.sample import sample
from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import Engine
from tests.api.auth.signer import BASE, ISSUER, PATH, key_set, public, token
from tests.api.fhir_access.fhir_server import FhirServer, fhir_server, json_response
from tests.api.live import live
from tests.api.outcome import issue, issues

ACCESS = "opaque-access-token"


@pytest.fixture(scope="module")
def ehr() -> Iterator[FhirServer]:
    with fhir_server() as server:
        yield server


@pytest.fixture(scope="module")
def hospital(engine: Engine, ehr: FhirServer, tmp_path_factory: Any) -> Iterator[httpx.Client]:
    keys: Path = tmp_path_factory.mktemp("keys") / "jwks.json"
    keys.write_bytes(key_set(public("ES384")))
    settings = Settings(
        profile=Profile.PRODUCTION,
        base_url=BASE,
        cors_origins=("*",),
        jwt_issuers=(ISSUER,),
        jwt_jwks=(str(keys),),
        allowed_fhir_servers=(ehr.base,),
        fhir_timeout_s=30,
    )
    with live(engine, settings) as url, httpx.Client(base_url=url) as client:
        yield client


def _signed(**changes: Any) -> dict[str, str]:
    now = time.time()
    return {"authorization": f"Bearer {token(**{'iat': now, 'exp': now + 60, **changes})}"}


def _request() -> dict[str, Any]:
    return shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))


def _without_prefetch(ehr: FhirServer) -> dict[str, Any]:
    """The sample patient, whose data the FHIR server has in place of the request."""
    request = _request()
    sent = request.pop("prefetch")

    async def by_type(asked: Any) -> Any:
        kind = asked.url.path.removeprefix("/fhir/").partition("/")[0]
        resources = [
            entry["resource"] for value in sent.values() for entry in value.get("entry", ())
        ]
        mine = [one for one in resources if one["resourceType"] == kind]
        if kind == "Patient":
            return json_response(sent["patient"])
        entries = [{"resource": one} for one in mine]
        return json_response({"resourceType": "Bundle", "type": "searchset", "entry": entries})

    ehr.reset()
    ehr.answers = _Anything(by_type)
    authorization = {
        "access_token": ACCESS,
        "token_type": "Bearer",
        "expires_in": 300,
        "scope": "patient/*.read",
        "subject": "orbicularis",
    }
    return request | {"fhirServer": ehr.base, "fhirAuthorization": authorization}


class _Anything(dict[str, Any]):
    """The same answer to whatever is asked."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self._answer = answer

    def get(self, name: str, default: Any = None) -> Any:
        return self._answer


@pytest.mark.requirement("cds-hooks_2.0#176", "cds-hooks_2.0#177")
@pytest.mark.parametrize("path", [PATH, f"{PATH}/feedback", "/cds-services/none"])
def test_a_stranger_gets_401_and_nothing_else(hospital: httpx.Client, path: str) -> None:
    response = hospital.post(path, content=b"[")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="cds-services"'
    assert issue(response)["code"] == "login"


def test_discovery_and_probes_are_open(hospital: httpx.Client) -> None:
    for path in ("/cds-services", "/cds-services/", "/healthz", "/readyz"):
        assert hospital.get(path).status_code == 200


def test_a_token_opens_once_what_it_names(hospital: httpx.Client) -> None:
    signed = _signed()
    assert hospital.post(PATH, json=_request(), headers=signed).status_code == 200
    again = hospital.post(PATH, json=_request(), headers=signed)
    assert again.status_code == 401
    assert issue(again)["code"] == "security"
    elsewhere = hospital.post(f"{PATH}/feedback", json={"feedback": []}, headers=_signed())
    assert elsewhere.status_code == 401
    fitting = _signed(aud=f"{BASE}{PATH}/feedback")
    given = hospital.post(f"{PATH}/feedback", json={"feedback": []}, headers=fitting)
    assert (given.status_code, given.content) == (200, b"")


@pytest.mark.requirement("cds-hooks_2.0#34", "cds-hooks_2.0#60", "cds-hooks_2.0#61")
def test_what_was_not_sent_is_fetched_with_the_token_and_answers_alike(
    hospital: httpx.Client, ehr: FhirServer, caplog: pytest.LogCaptureFixture
) -> None:
    sent = hospital.post(PATH, json=_request(), headers=_signed()).json()
    with caplog.at_level(logging.DEBUG):
        fetched = hospital.post(PATH, json=_without_prefetch(ehr), headers=_signed()).json()
    told = [(card["summary"], card["indicator"]) for card in sent["cards"]]
    assert [(card["summary"], card["indicator"]) for card in fetched["cards"]] == told
    assert "Hypoparathyroidism" in told[0][0]
    assert len(ehr.requests) == 10
    assert {one.headers["authorization"] for one in ehr.requests} == {f"Bearer {ACCESS}"}
    # All but the access log of the FHIR server, which runs in this process, too.
    ours = [record for record in caplog.records if record.name != "uvicorn.access"]
    logged = " ".join(str(vars(record)) for record in ours)
    assert "fhir access" in logged
    assert ACCESS not in logged
    assert _request()["context"]["patientId"] not in logged


@pytest.mark.requirement("cds-hooks_2.0#54")
def test_what_cannot_be_fetched_is_a_412_with_key_and_cause(
    hospital: httpx.Client, ehr: FhirServer
) -> None:
    request = _without_prefetch(ehr)
    ehr.reset()
    ehr.answers = _Anything(_refuse)
    response = hospital.post(PATH, json=request, headers=_signed())
    assert response.status_code == 412
    told = {one["expression"][0]: one["diagnostics"] for one in issues(response)}
    assert set(told) == {"prefetch.conditions", "prefetch.symptoms", "prefetch.encounters"}
    assert all("could not be fetched (HTTP 403)" in words for words in told.values())
    assert ACCESS not in json.dumps(response.json())


async def _refuse(_: Any) -> Any:
    return json_response({"resourceType": "OperationOutcome"}, status_code=403)


def test_a_server_that_is_not_listed_is_not_asked(hospital: httpx.Client, ehr: FhirServer) -> None:
    request = _without_prefetch(ehr)
    request["fhirServer"] = ehr.base.replace("127.0.0.1", "localhost")
    response = hospital.post(PATH, json=request, headers=_signed())
    assert response.status_code == 412
    assert all("server not allowed" in one["diagnostics"] for one in issues(response))
    assert ehr.requests == []
