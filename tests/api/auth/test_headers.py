"""How a token is sent, and what is answered to who sends none."""

import logging
from typing import Any

import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome

from orbicularis.api.setting_values import Auth, Profile
from tests.api.auth.door import Door, door
from tests.api.auth.signer import ISSUER, token

AUTHORIZATION = b"authorization"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_the_scheme_is_of_any_case(file_door: Door, scheme: str) -> None:
    sent = [(AUTHORIZATION, f"{scheme} {token()}".encode())]
    response = file_door.run(lambda: file_door.ask(sent))
    assert (response.status_code, response.json()) == (200, {"issuer": ISSUER})


@pytest.mark.parametrize(
    "value", [None, b"", b"Basic dXNlcjpwYXNz", b"Digest x", b"Bearerx.y.z", b"DPoP a.b.c"]
)
def test_without_credentials_no_error_is_named(file_door: Door, value: bytes | None) -> None:
    sent = [] if value is None else [(AUTHORIZATION, value)]
    response = file_door.run(lambda: file_door.ask(sent))
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="cds-services"'
    assert [issue["code"] for issue in response.json()["issue"]] == ["login"]


@pytest.mark.parametrize("second", [b"Bearer x", b"Basic dXNlcjpwYXNz"])
@pytest.mark.parametrize("good_first", [True, False])
def test_two_headers_are_refused_even_if_one_is_good(
    file_door: Door, second: bytes, good_first: bool
) -> None:
    sent = [(AUTHORIZATION, b"Bearer " + token().encode()), (AUTHORIZATION, second)]
    response = file_door.run(lambda: file_door.ask(sent if good_first else sent[::-1]))
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


@pytest.mark.parametrize("value", [b"Bearer", b"Bearer ", b"Bearer   ", b"bearer \xff\xfe"])
def test_a_scheme_without_a_token_is_refused(file_door: Door, value: bytes) -> None:
    response = file_door.run(lambda: file_door.ask([(AUTHORIZATION, value)]))
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


@pytest.mark.parametrize("sent", [None, "a.b.c"])
def test_the_answer_is_an_operation_outcome(file_door: Door, sent: str | None) -> None:
    response = file_door.answers(sent)
    assert response.headers["content-type"] == "application/fhir+json"
    OperationOutcome.model_validate(response.json())


def test_the_log_tells_the_reason_and_nothing_of_the_token(
    file_door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "this-must-stay-here"
    sent = token(aud=secret, sub=secret, jti=secret, header={"kid": secret})
    with caplog.at_level(logging.DEBUG):
        file_door.answers(sent)
    (record,) = [one for one in caplog.records if one.name == "orbicularis.auth"]
    assert vars(record)["fields"] == {
        "request_id": None,
        "reason": "audience",
        "issuer": ISSUER,
    }
    told = " ".join(str(vars(one)) for one in caplog.records)
    assert secret not in told
    assert not any(part in told for part in sent.split("."))


def test_an_issuer_that_is_not_listed_is_not_logged(
    file_door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "orbicularis"):
        file_door.answers(token(iss="https://mrs-roe.example.org"))
    (record,) = caplog.records
    fields: dict[str, Any] = vars(record)["fields"]
    assert fields == {"request_id": None, "reason": "issuer", "issuer": None}


def test_who_does_not_authenticate_asks_nothing() -> None:
    for changes in ({"auth": Auth.NONE}, {"auth": None}):
        open_door = door(**changes, jwt_issuers=())
        assert open_door.answers(None).json() == {"issuer": None}
        assert open_door.answers("rubbish").json() == {"issuer": None}


@pytest.mark.requirement("cds-hooks_2.0#177", "cds-hooks_2.0#195")
def test_in_production_nobody_is_admitted_until_an_issuer_is_listed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    closed = door(auth=None, profile=Profile.PRODUCTION, jwt_issuers=())
    assert "ORBICULARIS_JWT_ISSUERS is empty" in caplog.text
    assert closed.answers(token()).status_code == 401
