"""What is fetched, and how it is asked for."""

import asyncio
import logging
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api.fhir_access import access
from tests.api.fhir_access.calls import (
    ERROR,
    LABORATORY,
    PATIENT,
    PERSON,
    SYMPTOMS,
    asked,
    authorization,
    completed,
    failures,
    kept,
    observation,
    page,
)
from tests.api.fhir_access.fhir_server import FhirServer, json_response

ALL = [LABORATORY, SYMPTOMS, PATIENT]


@pytest.fixture
def good(ehr: FhirServer) -> FhirServer:
    ehr.answers = {
        PATIENT: PERSON,
        LABORATORY: page(),
        SYMPTOMS: page(observation()),
    }
    return ehr


@pytest.mark.requirement("cds-hooks_2.0#34")
def test_every_key_that_was_left_out_is_fetched(good: FhirServer) -> None:
    call = completed(asked(good.base))
    assert kept(call) == {
        "patient": [PERSON],
        "laboratory": [page()],
        "symptoms": [page(observation())],
    }
    assert failures(call) == {}
    assert good.asked_for == sorted(ALL)


def test_nothing_is_fetched_without_a_server(good: FhirServer) -> None:
    request = asked(None, shown=authorization())
    assert completed(request) is request.call
    assert good.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        None,
        page(),
        page(observation("other")),
        {"resourceType": "Bundle", "total": 0},
        page({"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}),
        page(observation("other"), ERROR),
        observation("other"),
        # Misshapen: the reader of the chart tells so, and saves what it can.
        {"resourceType": "Bundle", "entry": [5, {"resource": {**ERROR, "resourceType": 3}}]},
        {"resourceType": "Bundle", "entry": [None, {"resource": ERROR}]},
        {},
        # With an OperationOutcome the client tells that the query failed, to spare it a second.
        ERROR,
        {"resourceType": "OperationOutcome"},
        page(ERROR),
        {"entry": [{"resource": ERROR}]},
    ],
)
def test_a_key_that_was_answered_is_not_fetched(good: FhirServer, answer: Any) -> None:
    call = completed(asked(good.base, {"symptoms": answer}))
    assert sorted(call.fetched) == ["laboratory", "patient"]
    assert SYMPTOMS not in good.asked_for


def test_nothing_is_asked_when_nothing_lacks(good: FhirServer) -> None:
    request = asked(good.base, {"symptoms": None, "patient": PERSON, "laboratory": page()})
    assert completed(request) is request.call
    assert good.requests == []


def test_all_are_asked_at_the_same_time(ehr: FhirServer) -> None:
    together = asyncio.Barrier(len(ALL))

    async def wait_for_the_others(request: Request) -> Response:
        await together.wait()
        return json_response(page())

    ehr.answers = dict.fromkeys(ALL, wait_for_the_others)
    assert failures(completed(asked(ehr.base))) == {}


def test_no_more_are_under_way_than_there_are_slots(
    ehr: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = most = 0

    async def count(request: Request) -> Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1
        return json_response(page())

    ehr.answers = dict.fromkeys(ALL, count)
    monkeypatch.setattr(access, "IN_FLIGHT", 2)
    assert failures(completed(asked(ehr.base))) == {}
    assert most <= 2
    # The source that may hold the presenting finding does not wait for the others.
    assert "exam,survey" in str(ehr.requests[0].url) or "exam,survey" in str(ehr.requests[1].url)


@pytest.mark.requirement("cds-hooks_2.0#61")
def test_the_token_is_shown_and_nothing_else_that_came_with_it(good: FhirServer) -> None:
    completed(asked(good.base, shown=authorization(scope="user/*.rs", patient="p1")))
    for request in good.requests:
        assert request.method == "GET"
        assert dict(request.headers) == {
            "host": good.origin.removeprefix("http://"),
            "accept": "application/fhir+json",
            "accept-encoding": "identity",
            "connection": "keep-alive",
            "user-agent": "orbicularis",
            "authorization": "Bearer opaque-token",
        }


@pytest.mark.parametrize("shown", [None, authorization(access_token=None)])
def test_an_open_server_is_asked_without_a_token(good: FhirServer, shown: Any) -> None:
    assert failures(completed(asked(good.base, shown=shown))) == {}
    assert all("authorization" not in request.headers for request in good.requests)


def test_no_cookie_is_kept(ehr: FhirServer) -> None:
    first = json_response(page(then="Observation?page=2"), headers={"set-cookie": "a=b; Path=/"})
    ehr.answers = {SYMPTOMS: first, "Observation?page=2": page()}
    prefetch = {"patient": None, "laboratory": None}
    assert len(kept(completed(asked(ehr.base, prefetch)))["symptoms"]) == 2
    assert all("cookie" not in request.headers for request in ehr.requests)


def test_the_environment_leads_to_no_proxy(
    good: FhirServer, attacker: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, attacker.origin)
    monkeypatch.setenv("NO_PROXY", "")
    assert failures(completed(asked(good.base))) == {}


def test_a_server_with_a_slash_at_the_end_is_the_same_server(good: FhirServer) -> None:
    assert failures(completed(asked(f"{good.base}/"))) == {}
    assert good.asked_for == sorted(ALL)


@pytest.mark.requirement("cds-hooks_3.0#transient-token")
def test_neither_patient_nor_token_nor_server_is_logged(
    good: FhirServer, caplog: pytest.LogCaptureFixture
) -> None:
    good.answers[LABORATORY] = json_response(ERROR, status_code=403)
    with caplog.at_level(logging.DEBUG):
        completed(asked(good.base, shown=authorization(), patient_id="p1"))
    # What the server of this test writes down is another matter.
    ours = [one for one in caplog.records if not one.name.startswith("uvicorn")]
    (line,) = [one for one in ours if one.name != "asyncio"]
    assert line.getMessage() == "fhir access"
    fields = vars(line)["fields"]
    assert fields.pop("duration_ms") >= 0
    assert fields == {
        "request_id": None,
        "queries": 3,
        "pages": 2,
        "failures": {"laboratory": "HTTP 403"},
    }
    for secret in ("opaque-token", "p1", good.origin.removeprefix("http://")):
        assert not any(secret in str(vars(one)) for one in ours)


@pytest.mark.parametrize("patient_id", ["a/b", "..", ".", "p1&x=y", "p1%2f", "", "ä", "x" * 65])
def test_what_is_no_fhir_id_is_put_in_no_url(good: FhirServer, patient_id: str) -> None:
    call = completed(asked(good.base, patient_id=patient_id))
    assert set(failures(call).values()) == {"patient id is not a FHIR id"}
    assert not any(one.asked for one in call.fetched.values())
    assert good.requests == []
