import json
from typing import Any

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.outcome import issue, issues

PATH = "/cds-services/facial-twitching"
SECRET = "Jane Roe 1970-01-01"
GOOD: dict[str, Any] = {
    "hook": "patient-view",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/example", "patientId": "1288992"},
}


def _with(path: str, value: Any) -> dict[str, Any]:
    """A good request but for one value; ``...`` leaves the field out."""
    body = json.loads(json.dumps(GOOD))
    *parents, last = path.split(".")
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return dict(body)


WRONG_FIELDS = [
    ("hook", ..., "required"),
    ("hook", "order-dispatch", "value"),
    ("hook", SECRET, "value"),
    ("hook", 7, "structure"),
    ("hook", [], "structure"),
    ("hook", {}, "structure"),
    ("hookInstance", ..., "required"),
    ("hookInstance", None, "structure"),
    ("hookInstance", "", "value"),
    ("hookInstance", 7, "structure"),
    ("context", ..., "required"),
    ("context", None, "structure"),
    ("context", [SECRET], "structure"),
    ("context", SECRET, "structure"),
    ("context.userId", ..., "required"),
    ("context.userId", "", "value"),
    ("context.userId", {"reference": SECRET}, "structure"),
    ("context.patientId", ..., "required"),
    ("context.patientId", None, "structure"),
    ("context.patientId", "", "value"),
    ("context.patientId", 1288992, "structure"),
    ("context.patientId", [SECRET], "structure"),
    ("context.encounterId", 7, "structure"),
    ("prefetch", [], "structure"),
    ("prefetch", SECRET, "structure"),
    ("prefetch.patient", SECRET, "structure"),
    ("prefetch.patient", [{"resourceType": "Patient"}], "structure"),
    ("prefetch.patient", 0, "structure"),
    ("prefetch.patient", False, "structure"),
    ("fhirServer", 7, "structure"),
    ("fhirAuthorization", SECRET, "structure"),
    ("fhirAuthorization.access_token", 7, "structure"),
    ("context.patientId", f"p1/{SECRET}", "value"),
    ("context.patientId", 'p1"><b>', "value"),
    ("context.patientId", "p" * 129, "value"),
    ("context.encounterId", "<b>", "value"),
]


@pytest.mark.parametrize(("path", "value", "code"), WRONG_FIELDS)
def test_a_wrong_field_is_named_with_the_reason(
    client: httpx.Client, path: str, value: Any, code: str
) -> None:
    response = client.post(PATH, json=_with(path, value))
    assert response.status_code == 400
    found = issue(response)
    assert (found["severity"], found["code"]) == ("error", code)
    assert found["expression"] == [path]
    assert found["diagnostics"].startswith(f"{path}: ")
    assert SECRET not in response.text


def test_everything_wrong_is_told_at_once(client: httpx.Client) -> None:
    body = {
        "hook": "patient-view",
        "context": {"userId": 1},
        "prefetch": {"symptoms": 1, "b": None, "c": {}},
    }
    found = issues(client.post(PATH, json=body))
    assert {one["expression"][0] for one in found} == {
        "hookInstance",
        "context.userId",
        "context.patientId",
        "prefetch.symptoms",
    }


def test_a_key_that_could_be_anything_is_not_repeated(client: httpx.Client) -> None:
    response = client.post(PATH, json=GOOD | {"prefetch": {SECRET: 1}})
    assert issue(response)["expression"] == ["prefetch"]
    assert SECRET not in response.text


MALFORMED = {
    "nothing": b"",
    "blank": b" \n",
    "cut off": b'{"hook": "patient-view"',
    "trailing": b"{} {}",
    "trailing comma": b'{"hook": "patient-view",}',
    "an array": b"[]",
    "null": b"null",
    "a string": b'"Jane Roe 1970-01-01"',
    "NaN": b'{"hook": NaN}',
    "NaN deep inside": b'{"prefetch": {"a": {"x": [NaN]}}}',
    "Infinity": b'{"hook": -Infinity}',
    "a number out of range": b'{"hook": 1e400}',
    "a very long number": b'{"hook": ' + b"9" * 6000 + b"}",
    "a lone surrogate": rb'{"hook": "\ud800"}',
    "a lone surrogate in a key": rb'{"prefetch": {"\udfff": {}}}',
    "a lone surrogate in a resource": rb'{"prefetch": {"a": {"x": "\ud800 Jane Roe 1970-01-01"}}}',
    "a bare NUL": b'{"hook": "\x00"}',
    "not UTF-8": b'{"hook": "\xff\xfe"}',
    "not UTF-8 in the context": b'{"hook":"patient-view","context":{"userId":"\xe9"}}',
    "UTF-16": '{"hook": "patient-view"}'.encode("utf-16"),
    "deep": b'{"hook": ' + b"[" * 40_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_body_is_refused_and_not_repeated(client: httpx.Client, body: bytes) -> None:
    response = client.post(PATH, content=body)
    assert response.status_code == 400
    assert issue(response)["code"] == "structure"
    assert SECRET not in response.text


@pytest.mark.parametrize("levels", [100, 480, 900, 990, 1000, 9_900, 15_000])
@pytest.mark.parametrize("around", [(b"[", b"]"), (b'{"a":', b"}")], ids=["arrays", "objects"])
@pytest.mark.parametrize("field", ["context", "prefetch", "vendor"])
def test_no_depth_is_a_failure(
    client: httpx.Client, field: str, around: tuple[bytes, bytes], levels: int
) -> None:
    opening, closing = around
    deep = opening * levels + b"1" + closing * levels
    body = json.dumps(GOOD | {field: GOOD.get(field, {}) | {"symptoms": "HERE"}})
    response = client.post(PATH, content=body.encode().replace(b'"HERE"', deep))
    assert response.status_code in (200, 400, 412), response.text


ODD_BUT_GOOD = {
    "an escaped NUL": rb'"\u0000"',
    "an escaped pair of surrogates": rb'"\ud83d\ude00"',
    "another script": '"\u092e\u0928"'.encode(),
    "markup": b'"<script>alert(1)</script>"',
}


@pytest.mark.parametrize("instance", ODD_BUT_GOOD.values(), ids=ODD_BUT_GOOD.keys())
def test_an_odd_identifier_is_no_failure(client: httpx.Client, instance: bytes) -> None:
    body = json.dumps(GOOD).encode().replace(b'"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"', instance)
    assert client.post(PATH, content=body).status_code == 412


ODD_RESOURCES = {
    "not UTF-8": b'{"resourceType": "Observation", "id": "\xff"}',
    "a huge number": b'{"resourceType": "Observation", "valueQuantity": {"value": 1e999}}',
    "twice the same key": b'{"resourceType": "Observation", "resourceType": 5}',
    "no resource": b'{"a": [[[[]]]]}',
    "strange entries": b'{"resourceType": "Bundle", "entry": [1, null, {"resource": []}, {}]}',
    "many levels": b'{"resourceType": "Observation", "extension": '
    + b"[" * 400
    + b"]" * 400
    + b"}",
}


@pytest.mark.parametrize("resource", ODD_RESOURCES.values(), ids=ODD_RESOURCES.keys())
def test_an_odd_resource_is_no_failure(
    client: httpx.Client, request_body: dict[str, Any], resource: bytes
) -> None:
    for key in request_body["prefetch"]:
        body = json.dumps(request_body | {"prefetch": request_body["prefetch"] | {key: "HERE"}})
        response = client.post(PATH, content=body.encode().replace(b'"HERE"', resource))
        assert response.status_code in (200, 412), response.text


def test_missing_data_are_named_with_their_cause(client: httpx.Client) -> None:
    response = client.post(PATH, json=GOOD)
    assert response.status_code == 412
    found = issues(response)
    assert found
    for one in found:
        assert one["code"] == "required"
        assert one["expression"][0].startswith("prefetch.")
        assert "was not sent" in one["diagnostics"]


def test_a_key_of_the_client_that_could_be_anything_is_not_told_back(
    client: httpx.Client,
) -> None:
    key = f"{SECRET} <b>"
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    response = client.post(PATH, json=GOOD | {"prefetch": {key: failed}})
    assert response.status_code == 412
    assert SECRET not in response.text
    assert ["prefetch"] in [one["expression"] for one in issues(response)]


def test_failed_data_are_told_from_data_that_were_not_sent(client: httpx.Client) -> None:
    first, *others = (
        one["expression"][0].removeprefix("prefetch.")
        for one in issues(client.post(PATH, json=GOOD))
    )
    failed = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "exception", "diagnostics": SECRET}],
    }
    response = client.post(PATH, json=GOOD | {"prefetch": {first: failed}})
    assert response.status_code == 412
    found = {one["expression"][0].removeprefix("prefetch."): one for one in issues(response)}
    assert set(found) == {first, *others}
    assert found[first]["code"] == "incomplete"
    assert "could not be read" in found[first]["diagnostics"]
    assert {found[other]["code"] for other in others} == {"required"}
    assert SECRET not in response.text


@pytest.mark.parametrize(
    "service", ["no-such-service", "%00", "..%2f", "facial-twitching%20", "%FF"]
)
def test_an_unknown_service_is_not_found(client: httpx.Client, service: str) -> None:
    response = client.post(f"/cds-services/{service}", json=GOOD)
    assert response.status_code == 404
    assert issue(response)["code"] == "not-found"


@pytest.mark.parametrize("path", ["/nothing", "/cds-services/a/b", "/healthz/", "/docs-static/x"])
def test_an_unknown_path_is_not_found(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert issue(response)["code"] == "not-found"


def test_where_no_workbench_is_served_nothing_stands_at_the_root(engine: Engine) -> None:
    with live(engine, Settings(workbench=False)) as url:
        response = httpx.get(f"{url}/")
    assert response.status_code == 404
    assert issue(response)["code"] == "not-found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/cds-services", "GET, HEAD"),
        ("POST", "/cds-services/", "GET, HEAD"),
        ("GET", PATH, "POST"),
        ("DELETE", PATH, "POST"),
        ("PUT", f"{PATH}/", "POST"),
        ("TRACE", PATH, "POST"),
        ("OPTIONS", PATH, "POST"),
        ("POST", "/readyz", "GET, HEAD"),
        ("POST", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    assert issue(response)["code"] == "not-supported"
