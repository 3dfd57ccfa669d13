"""Spans as a collector receives them."""

import httpx
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.fhir_access.fhir_server import FhirServer, fhir_server
from tests.api.live import live, running
from tests.api.tracing.a_call import CALL, PATH
from tests.api.tracing.collector import Collected, values

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"


def test_a_call_is_one_span_named_by_its_route(engine: Engine, collected: Collected) -> None:
    with live(engine, Settings()) as url:
        response = httpx.post(f"{url}{PATH}?patient=p1", json=CALL)
    (span,) = collected.servers()
    assert span.name == "POST /cds-services/{id}"
    assert span.status.code == Status.STATUS_CODE_UNSET
    assert values(span.attributes) == {
        "http.request.method": "POST",
        "http.route": "/cds-services/{id}",
        "http.response.status_code": 200,
        "cds_hooks.service": "facial-twitching",
        "cds_hooks.hook": CALL["hook"],
        "orbicularis.revision": engine.bundle.revision[:12],
        "orbicularis.cards": len(response.json()["cards"]),
        "orbicularis.request_id": response.headers["x-request-id"],
    }


def test_the_body_and_the_answer_are_spans_within_it(engine: Engine, collected: Collected) -> None:
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}", json=CALL)
    (whole,) = collected.servers()
    body, answer = sorted(collected.below(whole), key=lambda span: span.start_time_unix_nano)
    assert (body.name, answer.name) == ("body", "answer")
    times = [
        whole.start_time_unix_nano,
        body.start_time_unix_nano,
        body.end_time_unix_nano,
        answer.start_time_unix_nano,
        answer.end_time_unix_nano,
        whole.end_time_unix_nano,
    ]
    assert times == sorted(times)
    assert {span.trace_id for span in collected.spans} == {whole.trace_id}


@pytest.fixture
def ehr() -> object:
    with fhir_server() as server:
        yield server


def test_what_is_fetched_is_told_by_server_alone(
    engine: Engine, collected: Collected, ehr: FhirServer
) -> None:
    request = {**CALL, "fhirServer": ehr.base, "prefetch": {}}
    with live(engine, Settings(allowed_fhir_servers=(ehr.base,), fhir_timeout_s=30)) as url:
        httpx.post(f"{url}{PATH}", json=request)
    (whole,) = collected.servers()
    fetched = [span for span in collected.below(whole) if span.kind == Span.SPAN_KIND_CLIENT]
    assert len(fetched) == len(ehr.requests) > 0
    port = int(ehr.origin.rpartition(":")[2])
    for span in fetched:
        assert span.name == "GET FHIR"
        assert span.status.code == Status.STATUS_CODE_ERROR
        assert values(span.attributes) == {
            "http.request.method": "GET",
            "server.address": "127.0.0.1",
            "server.port": port,
            "error.type": "HTTP 404",
        }
    assert all("traceparent" not in request.headers for request in ehr.requests)


def test_pages_that_arrive_are_told_by_their_length(
    engine: Engine, collected: Collected, ehr: FhirServer
) -> None:
    class Empty(dict[str, object]):
        def get(self, name: str, default: object = None) -> object:
            return {"resourceType": "Bundle", "type": "searchset"}

    ehr.answers = Empty()
    request = {**CALL, "fhirServer": ehr.base, "prefetch": {}}
    with live(engine, Settings(allowed_fhir_servers=(ehr.base,), fhir_timeout_s=30)) as url:
        httpx.post(f"{url}{PATH}", json=request)
    (whole,) = collected.servers()
    fetched = [span for span in collected.below(whole) if span.kind == Span.SPAN_KIND_CLIENT]
    assert fetched
    for span in fetched:
        assert values(span.attributes)["http.response.body.size"] > 0
        assert span.status.code == Status.STATUS_CODE_UNSET


def test_a_refused_call_is_a_span_without_what_was_not_known(
    engine: Engine, collected: Collected
) -> None:
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}", content=b"{")
        httpx.post(f"{url}/cds-services/other", json=CALL)
        httpx.get(f"{url}/nowhere/p1")
        httpx.get(f"{url}//cds-services/")
        httpx.request("PROPFIND", f"{url}/cds-services")
    refused, unknown, nowhere, discovery, strange = collected.servers()
    assert values(refused.attributes)["http.response.status_code"] == 400
    assert values(refused.attributes)["cds_hooks.service"] == "facial-twitching"
    assert "cds_hooks.hook" not in values(refused.attributes)
    assert [span.name for span in collected.below(refused)] == ["body"]
    assert "cds_hooks.service" not in values(unknown.attributes)
    assert unknown.name == "POST /cds-services/{id}"
    assert nowhere.name == "GET"
    assert "http.route" not in values(nowhere.attributes)
    assert discovery.name == "GET /cds-services"
    assert values(strange.attributes)["http.request.method"] == "_OTHER"
    assert all(span.status.code == Status.STATUS_CODE_UNSET for span in collected.servers())


def test_a_failure_is_told_by_its_status_alone(engine: Engine, collected: Collected) -> None:
    class Failing(Engine):
        def __init__(self) -> None:
            self.bundle = engine.bundle

        def answer(self, *given: object) -> object:  # type: ignore[override]  # never returns
            raise ValueError("Jane Roe")

    with running(create_app(Failing(), Settings())) as url:
        assert httpx.post(f"{url}{PATH}", json=CALL).status_code == 500
    (span,) = collected.servers()
    assert span.status.code == Status.STATUS_CODE_ERROR
    assert span.status.message == ""
    assert values(span.attributes)["error.type"] == "500"
    assert not span.events


def test_feedback_and_pages_are_spans_and_probes_are_none(
    engine: Engine, collected: Collected
) -> None:
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}/feedback", json={"feedback": []})
        httpx.get(f"{url}/rules/")
        for probe in ("/healthz", "/readyz", "/metrics"):
            assert httpx.get(f"{url}{probe}").status_code == 200
    names = [span.name for span in collected.servers()]
    assert names == ["POST /cds-services/{id}/feedback", "GET /rules/{path:path}"]


def test_a_clients_trace_goes_on_in_ours(engine: Engine, collected: Collected) -> None:
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}", json=CALL, headers=headers)
    (span,) = collected.servers()
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, PARENT)


@pytest.mark.parametrize(
    "headers",
    [
        [("traceparent", "00-Jane-Roe-01")],
        [("traceparent", f"00-{TRACE}-{PARENT}-01")] * 2,
        [("traceparent", f"00-{'0' * 32}-{PARENT}-01")],
    ],
    ids=["malformed", "twice", "zero"],
)
def test_what_is_no_trace_begins_a_new_one(
    engine: Engine, collected: Collected, headers: list[tuple[str, str]]
) -> None:
    with live(engine, Settings()) as url:
        assert httpx.post(f"{url}{PATH}", json=CALL, headers=headers).status_code == 200
    (span,) = collected.servers()
    assert span.trace_id.hex() not in (TRACE, "0" * 32)
    assert span.parent_span_id == b""
