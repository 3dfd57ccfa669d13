"""Nothing of a patient stands in a span."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.fhir_access.fhir_server import fhir_server, json_response
from tests.api.live import live, running
from tests.api.marked import MARKERS, WORD, marked, secrets, spoilt
from tests.api.test_no_patient_data import MARKED_HEADERS, Failing, _Always
from tests.api.test_refusals import GOOD, PATH
from tests.api.tracing.collector import Collected
from tests.conformance.patients import request_of, vignette_files

HEADERS = {
    **MARKED_HEADERS,
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "tracestate": f"{WORD}={WORD}",
    "baggage": f"{WORD}={WORD}",
}


@pytest.fixture(scope="module")
def requests(engine: Engine) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [
        secrets(marked(request_of(vignette, engine.bundle, now, f"{path}: {vignette.name}")))
        for path, group in vignette_files().items()
        for vignette in group
    ]


def assert_no_trace(collected: Collected, spans: int) -> None:
    assert len(collected.servers()) == spans
    for body in collected.bodies:
        for mark in MARKERS:
            assert mark.encode() not in body
    # Nor hidden in bytes that are not text.
    assert not any(span.trace_state for span in collected.spans)


def test_the_corpus_leaves_no_trace_in_traces(
    engine: Engine, collected: Collected, requests: list[dict[str, Any]]
) -> None:
    sent = 0
    with live(engine, Settings()) as url, httpx.Client(base_url=url, headers=HEADERS) as client:
        for request in requests:
            response = client.post(PATH, json=request, params={"patient": WORD})
            assert response.status_code in (200, 412)
            sent += 1
        for variant in spoilt(requests[0]):
            client.post(PATH, json=variant)
            sent += 1
        for path in (
            f"/{WORD}",
            f"/cds-services/{WORD}",
            f"/rules/{WORD}",
            f"/rules//{WORD}?{WORD}",
        ):
            client.get(path)
            client.post(path, json={WORD: WORD})
            sent += 2
        entry = {"card": WORD, "outcome": WORD, "overrideReason": WORD}
        client.post(f"{PATH}/feedback", json={"feedback": [entry]})
    assert len(requests) > 300
    assert_no_trace(collected, sent + 1)


def test_failures_leave_no_trace_in_traces(
    engine: Engine, collected: Collected, requests: list[dict[str, Any]]
) -> None:
    app = create_app(Failing(engine), Settings())
    with running(app) as url, httpx.Client(base_url=url, headers=HEADERS) as client:
        for request in requests[:3]:
            assert client.post(PATH, json=request).status_code == 500
    assert_no_trace(collected, 3)


def test_what_is_fetched_leaves_no_trace_in_traces(engine: Engine, collected: Collected) -> None:
    with (
        fhir_server() as ehr,
        live(engine, Settings(allowed_fhir_servers=(ehr.base,), fhir_timeout_s=30)) as url,
    ):
        for answer in (
            json_response({"resourceType": WORD}, status_code=500),
            json_response(WORD),
            json_response({}, status_code=302, headers={"location": f"https://{WORD}.example"}),
        ):
            ehr.answers = _Always(answer)
            request = secrets(marked(GOOD)) | {"fhirServer": ehr.base, "prefetch": {WORD: None}}
            httpx.post(f"{url}{PATH}", json=request, headers=HEADERS)
        assert ehr.requests
    assert_no_trace(collected, 3)
    assert any(span.name == "GET FHIR" for span in collected.spans)
