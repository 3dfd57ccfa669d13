"""Nothing of a patient is left behind, and nothing is counted that was only tried."""

import json
import logging
from collections.abc import Iterator

import httpx
import pytest

from orbicularis.api.app import create_app
from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.auth.signer import PATH
from tests.api.live import running
from tests.api.marked import MARKERS, WORD, marked, secrets
from tests.api.test_no_patient_data import Everything
from tests.web.workbench.test_look import LOOK, NOW, worked


@pytest.fixture
def log() -> Iterator[Everything]:
    ours, root, handler = logging.getLogger("orbicularis"), logging.getLogger(), Everything()
    before = ours.level
    ours.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    ours.setLevel(before)


def test_no_trace_of_a_patient_is_left(engine: Engine, log: Everything) -> None:
    app = create_app(engine, Settings())
    request = secrets(marked(worked()))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": marked({"resourceType": WORD})}]}
    told = []
    with running(app) as url:
        answer = httpx.post(url + LOOK, params=NOW, json=request)
        # The page does show it: the markers are where they were put.
        assert answer.status_code == 200
        assert WORD in answer.text
        told.append(str(answer.headers))
        whole = json.dumps(request).encode()
        for content in (whole[: len(whole) // 2], b'"' + whole, json.dumps(bundle).encode()):
            refused = httpx.post(url + LOOK, params=NOW, content=content)
            assert refused.status_code == 400
            told += [refused.text, str(refused.headers)]
        told.append(exposition(app.state.running.metrics).decode())
    assert log.messages.count("workbench") == 4
    everything = [*told, *log.lines]
    assert [text for text in everything if any(mark in text for mark in MARKERS)] == []


def test_it_is_not_counted_among_calls_cards_and_decisions(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "orbicularis")
    app = create_app(engine, Settings())

    def counted() -> list[str]:
        lines = exposition(app.state.running.metrics).decode().splitlines()
        ours = ("orbicularis_requests_total", "orbicularis_cards", "orbicularis_suggestions")
        return [line for line in lines if line.startswith((*ours, "orbicularis_feedback_total"))]

    with running(app) as url:
        card = httpx.post(f"{url}{LOOK}", params=NOW, json=worked()).text.split('data-card="')[1]
        overridden = {
            "card": card.partition('"')[0],
            "outcome": "overridden",
            "outcomeTimestamp": "2026-11-20T12:00:00Z",
        }
        feedback = f"{url}{PATH}/feedback"
        tried = httpx.post(f"{feedback}?from=workbench", json={"feedback": [overridden]})
        assert tried.status_code == 200
        assert counted() == []
        assert [record.msg for record in caplog.records if "call" in record.msg] == []
        # The same card from elsewhere is a decision, on the rule that led it.
        assert httpx.post(feedback, json={"feedback": [overridden]}).status_code == 200
        (line,) = counted()
        assert 'rule="hypoparathyroidism"' in line
    decisions = [vars(record)["fields"] for record in caplog.records if record.msg == "decision"]
    assert [line.get("tried") for line in decisions] == [True, None]
