"""Servers that refuse, lead astray, or send what nobody can use."""

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.responses import RedirectResponse, Response, StreamingResponse

from orbicularis.api.fhir_access.fetcher import Fetcher
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
from tests.api.fhir_access.fhir_server import FhirServer, json_response, raw_server

OTHERS = {"patient": None, "laboratory": None}
GOOD = json.dumps(page(observation())).encode()


def failure(base: str, **settings: Any) -> str | None:
    """Why ``symptoms`` could not be fetched."""
    request = asked(base, OTHERS, authorization())
    fetched = completed(request, **settings).fetched["symptoms"]
    assert fetched.asked
    assert fetched.pages == ()
    return fetched.failure


@pytest.mark.parametrize("status", [201, 202, 204, 206, 400, 401, 403, 404, 410, 429, 500, 503])
def test_a_status_is_told_and_its_body_left_alone(ehr: FhirServer, status: int) -> None:
    body = json.dumps(page(observation()))
    ehr.answers[SYMPTOMS] = Response("" if status == 204 else body, status_code=status)
    assert failure(ehr.base) == f"HTTP {status}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(ehr: FhirServer, attacker: FhirServer, status: int) -> None:
    ehr.answers[SYMPTOMS] = RedirectResponse(f"{attacker.base}/{SYMPTOMS}", status)
    assert failure(ehr.base) == "redirected"


def test_a_redirect_to_the_same_server_is_not_followed_either(ehr: FhirServer) -> None:
    ehr.answers[SYMPTOMS] = RedirectResponse(f"{ehr.base}/{PATIENT}")
    assert failure(ehr.base) == "redirected"
    assert ehr.asked_for == [SYMPTOMS]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not JSON"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "not JSON"),
        (GOOD[:-10], "not JSON"),
        (GOOD + b"}", "not JSON"),
        (b"", "not JSON"),
        (b'{"resourceType": "Bundle", "total": NaN}', "not JSON"),
        (b'{"resourceType": "Bundle", "total": Infinity}', "not JSON"),
        (b'\xff\xfe{"resourceType": "Bundle"}', "not JSON"),
        (b'{"resourceType": "B\xff"}', "not JSON"),
        (b'{"resourceType": "Bundle", "x": ' + b"[" * 100_000, "not JSON"),
        (b"null", "not a resource"),
        (b"[]", "not a resource"),
        (b"{}", "not a resource"),
        (b'"Bundle"', "not a resource"),
        (b'{"resourceType": 5}', "not a resource"),
        (b'{"error": "invalid_token"}', "not a resource"),
    ],
)  # fmt: skip
def test_garbage_is_told_apart(ehr: FhirServer, body: bytes, words: str) -> None:
    ehr.answers[SYMPTOMS] = Response(body, media_type="application/fhir+json")
    assert failure(ehr.base) == words


@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream", None])
def test_what_is_json_is_read_under_any_name(ehr: FhirServer, media_type: str | None) -> None:
    ehr.answers[SYMPTOMS] = Response(GOOD, media_type=media_type)
    call = completed(asked(ehr.base, OTHERS))
    assert kept(call) == {"symptoms": [page(observation())]}


async def _undeclared() -> AsyncIterator[bytes]:
    for _ in range(100):
        yield b" " * 10_000
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    "answer",
    [Response(b" " * 60_000), StreamingResponse(_undeclared())],
    ids=["declared", "undeclared"],
)
def test_what_is_too_long_is_broken_off(ehr: FhirServer, answer: Response) -> None:
    ehr.answers[SYMPTOMS] = answer
    assert failure(ehr.base, fhir_max_bytes=50_000) == "too long"


def test_the_bytes_of_all_queries_count_together(ehr: FhirServer) -> None:
    long = {**page(observation()), "id": "x" * 600}
    ehr.answers = {PATIENT: long, LABORATORY: long}
    call = completed(asked(ehr.base, {"symptoms": None}), fhir_max_bytes=2_000)
    assert sorted(failures(call).values()) == ["too long"]
    assert sum(len(pages) for pages in kept(call).values()) == 1


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "x"])
def test_what_is_compressed_all_the_same_is_not_inflated(ehr: FhirServer, coding: str) -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    ehr.answers[SYMPTOMS] = Response(bomb, headers={"content-encoding": coding})
    assert failure(ehr.base) == "compressed"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + GOOD,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n{}",
        b"HTTP/1.1 200 \xff\r\nX\xff: \xff\r\n\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
    ],
)
def test_what_is_hardly_http_is_broken_off(answer: bytes) -> None:
    with raw_server(answer) as base:
        assert failure(base) == "connection broken off"


def test_nobody_there(ehr: FhirServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/fhir") == "cannot connect"


def test_plain_http_where_tls_is_asked_for(ehr: FhirServer) -> None:
    assert failure(ehr.base.replace("http:", "https:")) == "cannot connect"


def test_one_that_fails_takes_no_other_with_it(ehr: FhirServer) -> None:
    ehr.answers = {SYMPTOMS: json_response(ERROR, status_code=403), PATIENT: PERSON}
    call = completed(asked(ehr.base))
    assert failures(call) == {"symptoms": "HTTP 403", "laboratory": "HTTP 404"}
    assert kept(call)["patient"] == [PERSON]


def test_what_nobody_foresaw_costs_no_answer_and_is_logged_without_its_words(
    ehr: FhirServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble(*_: object, **__: object) -> bytes:
        raise RuntimeError("Jane Doe")

    monkeypatch.setattr(Fetcher, "get", stumble)
    assert failure(ehr.base) == "connection broken off"
    (line,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert vars(line)["fields"] == {"error": "RuntimeError"}
    assert "Jane" not in caplog.text
