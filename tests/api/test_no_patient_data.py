"""Nothing of a patient stands in a log line, a metric, a header or an error."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.log import Json, Plain
from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.setting_values import Auth
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.call import Call
from tests.api.auth.signer import BASE, ISSUER, key_set, public, token
from tests.api.fhir_access.fhir_server import FhirServer, fhir_server, json_response
from tests.api.live import running
from tests.api.marked import MARKERS, WORD, births, marked, secrets, spoilt
from tests.api.test_refusals import GOOD, PATH
from tests.conformance.patients import request_of, vignette_files

FEEDBACK = f"{PATH}/feedback"
LOOK = "/workbench/look"
MARKED_HEADERS = {
    "user-agent": WORD,
    "x-request-id": WORD,
    "origin": f"https://{WORD}.example",
    "cookie": f"session={WORD}",
    "referer": f"https://{WORD}.example/patient/{WORD}",
}


class Everything(logging.Handler):
    """Keeps every line as it would be written, and all that its record holds."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # What other libraries tell below a warning is never written: the tests' own client
        # and FHIR server speak there, too.
        if not record.name.startswith("orbicularis") and record.levelno < logging.WARNING:
            return
        self.messages.append(record.getMessage())
        fields = {name: value for name, value in vars(record).items() if name != "exc_info"}
        self.lines += [Json().format(record), Plain().format(record), str(fields)]


@dataclass
class Watched:
    """A service of which everything is watched.

    Attributes:
        client: calls it.
        log: what it logs.
        told: what it told to clients where it must not tell anything of a patient.
        statuses: how often it answered with which status.
        app: the application.
        born: dates of birth of the patients that it was asked about.
    """

    client: httpx.Client
    log: Everything
    app: Any
    told: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    born: set[str] = field(default_factory=set)

    def post(self, path: str, **sent: Any) -> httpx.Response:
        """Send, and keep all of the answer that may hold no patient's data."""
        self.born |= set(births(sent.get("json")))
        return self.keep(self.client.post(path, **sent))

    def keep(self, response: httpx.Response) -> httpx.Response:
        """Keep what there is to search."""
        self.statuses[response.status_code] = self.statuses.get(response.status_code, 0) + 1
        self.told.append(str(response.headers))
        if response.status_code >= 400 or response.request.method == "GET":
            self.told.append(response.text)
        return response

    def found(self) -> list[str]:
        """Every place where a marker stands, or a patient's date of birth."""
        metrics = exposition(self.app.state.running.metrics).decode()
        everything = [*self.log.lines, *self.told, metrics]
        marks = (*MARKERS, *self.born)
        return [text for text in everything if any(mark in text for mark in marks)]


@pytest.fixture
def log() -> Iterator[Everything]:
    ours, root, handler = logging.getLogger("orbicularis"), logging.getLogger(), Everything()
    before = ours.level
    ours.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    ours.setLevel(before)


@pytest.fixture
def service(engine: Engine, log: Everything) -> Iterator[Watched]:
    app = create_app(engine, Settings(cors_origins=("https://ehr.example",)))
    with running(app) as url, httpx.Client(base_url=url, headers=MARKED_HEADERS) as client:
        yield Watched(client, log, app)


def _requests(engine: Engine) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC)
    for path, group in vignette_files().items():
        for vignette in group:
            made = request_of(vignette, engine.bundle, now, f"{path}: {vignette.name}")
            yield secrets(marked(made))


def test_the_whole_corpus_leaves_no_trace(service: Watched, engine: Engine) -> None:
    requests = list(_requests(engine))
    speaking = 0
    for request in requests:
        response = service.post(PATH, json=request, params={"patient": WORD})
        assert response.status_code in (200, 412)
        # The cards do hold it: the markers are where they were put.
        speaking += WORD in response.text
    assert service.log.messages.count("call") == len(requests) > 300
    assert speaking > 100
    assert service.statuses[200] > 300
    assert len(service.born) > 50
    assert service.found() == []


def test_looks_at_the_corpus_leave_no_trace(service: Watched, engine: Engine) -> None:
    """Every tenth patient: a look costs some ten times as much as a call."""
    requests = list(islice(_requests(engine), 0, None, 10))
    params = {"patient": WORD, "now": datetime.now(UTC).isoformat()}
    speaking = 0
    for request in requests:
        response = service.post(LOOK, json=request, params=params)
        assert response.status_code in (200, 412)
        # The page does show it: the markers are where they were put.
        speaking += WORD in response.text
    assert service.log.messages.count("workbench") == len(requests) > 100
    assert speaking > len(requests) / 2
    assert service.born
    assert service.found() == []


def test_refused_calls_leave_no_trace(service: Watched, engine: Engine) -> None:
    sent = 0
    for request in islice(_requests(engine), 0, None, 25):
        for variant in spoilt(request):
            assert service.post(PATH, json=variant).status_code in (200, 400, 412, 413)
            sent += 1
        whole = json.dumps(request).encode()
        for content in (whole[: len(whole) // 2], whole.replace(b"{", b"[", 1), b'"' + whole):
            assert service.post(PATH, content=content).status_code == 400
        xml = service.post(PATH, content=whole, headers={"content-type": f"text/{WORD}"})
        assert xml.status_code == 415
        assert service.post(PATH, content=whole, headers={"accept": WORD}).status_code == 406
    assert set(service.statuses) == {200, 400, 406, 412, 413, 415}
    assert service.statuses[400] > sent / 2
    assert service.found() == []


def test_paths_and_services_leave_no_trace(service: Watched) -> None:
    for path in (f"/{WORD}", f"/cds-services/{WORD}?a={WORD}", f"/rules/{WORD}"):
        assert service.keep(service.client.get(path)).status_code in (404, 405)
        assert service.post(path, json={WORD: WORD}).status_code in (404, 405)
        assert service.post(f"{path}/feedback", json={WORD: WORD}).status_code in (404, 405)
    for path in ("/readyz", "/healthz", "/cds-services"):
        assert service.keep(service.client.get(f"{path}?{WORD}={WORD}")).status_code == 200
    assert service.found() == []


def test_feedback_leaves_no_trace(service: Watched, engine: Engine) -> None:
    answer = service.client.post(PATH, json=next(_requests(engine)))
    card = answer.json()["cards"][0]["uuid"]
    reason = {"reason": {"code": WORD, "system": WORD, "display": WORD}, "userComment": WORD}
    at = "2026-11-20T10:00:00Z"
    overridden = {"card": card, "outcome": "overridden", "outcomeTimestamp": at}
    accepted = {"card": card, "outcome": "accepted", "outcomeTimestamp": at}
    entries: list[tuple[Any, int]] = [
        (overridden | {"overrideReason": reason}, 200),
        (overridden | {"overrideReason": reason, "extension": {WORD: WORD}}, 200),
        (accepted | {"acceptedSuggestions": [{"id": WORD}]}, 200),
        (accepted | {"card": WORD, "acceptedSuggestions": [{"id": card}]}, 200),
        (overridden | {"outcome": WORD}, 400),
        (overridden | {"overrideReason": WORD}, 400),
        (overridden | {"outcomeTimestamp": WORD}, 400),
        ({WORD: WORD}, 400),
        (WORD, 400),
    ]
    for entry, status in entries:
        assert service.post(FEEDBACK, json={"feedback": [entry]}).status_code == status
    assert service.log.messages.count("feedback") == len(entries)
    assert service.found() == []


class Failing(Engine):
    """An engine that fails in the words of the chart."""

    def __init__(self, engine: Engine) -> None:
        self.bundle = engine.bundle

    def answer(
        self, service_id: str, call: Call, now: datetime, *, in_full: bool = False
    ) -> Answer:
        raise ValueError(f"{call}")


def test_failures_leave_no_trace(engine: Engine, log: Everything) -> None:
    app = create_app(Failing(engine), Settings())
    with running(app) as url, httpx.Client(base_url=url) as client:
        service = Watched(client, log, app)
        for request in islice(_requests(engine), 5):
            assert service.post(PATH, json=request).status_code == 500
        assert log.messages.count("failed") == 5
        assert service.found() == []


def test_refused_tokens_leave_no_trace(engine: Engine, log: Everything, tmp_path: Any) -> None:
    keys = tmp_path / "jwks.json"
    keys.write_bytes(key_set(public("ES384")))
    settings = Settings(auth=Auth.JWT, base_url=BASE, jwt_issuers=(ISSUER,), jwt_jwks=(str(keys),))
    app = create_app(engine, settings)
    tokens = [
        WORD,
        f"{WORD}.{WORD}.{WORD}",
        token(iss=WORD),
        token(sub=WORD, aud=WORD),
        token(jti=WORD, exp=0),
        token(patient=WORD, tenant=[WORD], iat=0),
    ]
    with running(app) as url, httpx.Client(base_url=url) as client:
        service = Watched(client, log, app)
        for one in tokens:
            headers = {"authorization": f"Bearer {one}"}
            assert service.post(PATH, json={WORD: WORD}, headers=headers).status_code == 401
        basic = service.post(PATH, json=GOOD, headers={"authorization": f"Basic {WORD}"})
        assert basic.status_code == 401
        assert log.messages.count("call") == len(tokens) + 1
        found = [
            *service.found(),
            *(line for line in log.lines if any(one in line for one in tokens)),
        ]
    assert found == []


@pytest.fixture
def ehr() -> Iterator[FhirServer]:
    with fhir_server() as server:
        yield server


def _unhelpful() -> list[Any]:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": WORD, "code": WORD}]}
    return [
        json_response(outcome, status_code=500),
        json_response({"resourceType": WORD, WORD: WORD}),
        json_response(WORD),
        json_response(outcome, status_code=302, headers={"location": f"https://{WORD}.example"}),
    ]


def test_a_failing_fhir_server_leaves_no_trace(
    engine: Engine, log: Everything, ehr: FhirServer
) -> None:
    app = create_app(engine, Settings(allowed_fhir_servers=(ehr.base,), fhir_timeout_s=30))
    with running(app) as url, httpx.Client(base_url=url) as client:
        service = Watched(client, log, app)
        for answer in _unhelpful():
            ehr.reset()
            ehr.answers = _Always(answer)
            request = secrets(marked(GOOD)) | {"fhirServer": ehr.base, "prefetch": {WORD: None}}
            response = service.post(PATH, json=request)
            assert response.status_code in (200, 412)
            assert ehr.requests
        assert "fhir access" in log.messages
        assert service.found() == []


class _Always(dict[str, Any]):
    """The same answer to whatever is asked."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self._answer = answer

    def get(self, name: str, default: Any = None) -> Any:
        return self._answer
