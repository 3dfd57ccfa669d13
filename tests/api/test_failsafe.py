import logging
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.call import Call
from tests.api.live import live
from tests.api.outcome import issue
from tests.api.test_refusals import GOOD, PATH, SECRET


class Failing(Engine):
    """An engine that fails as code does: with a value from the chart in its message."""

    def __init__(self, engine: Engine) -> None:
        self.bundle = engine.bundle

    def answer(
        self, service_id: str, call: Call, now: datetime, *, in_full: bool = False
    ) -> Answer:
        raise ValueError(f"cannot read {SECRET} of {call.patient_id}")


@pytest.fixture(scope="module")
def failing(engine: Engine) -> Iterator[httpx.Client]:
    with live(Failing(engine), Settings()) as url, httpx.Client(base_url=url) as client:
        yield client


def test_a_failure_is_an_operation_outcome_that_a_browser_may_read(failing: httpx.Client) -> None:
    response = failing.post(PATH, json=GOOD, headers={"origin": "https://ehr.example.org"})
    assert response.status_code == 500
    found = issue(response)
    assert (found["severity"], found["code"]) == ("fatal", "exception")
    assert response.headers["x-request-id"] in found["diagnostics"]


def test_a_failure_tells_neither_client_nor_log_what_was_in_the_chart(
    failing: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = failing.post(PATH, json=GOOD)
    told = response.text + "".join(str(vars(record)) for record in caplog.records)
    assert SECRET not in told
    assert GOOD["context"]["patientId"] not in told
    assert "Traceback" not in told


def test_the_log_tells_where_it_failed(
    failing: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = failing.post(PATH, json=GOOD)
    (record,) = [one for one in caplog.records if one.name == "orbicularis.failure"]
    fields = vars(record)["fields"]
    assert record.levelname == "ERROR"
    assert fields["request_id"] == response.headers["x-request-id"]
    assert fields["error"] == "ValueError"
    assert fields["where"][-1].startswith("test_failsafe.py:")
    assert fields["where"][-1].endswith(" answer")


def test_a_failure_is_one_call_in_the_log_and_the_next_call_is_answered(
    failing: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        failing.post(PATH, json=GOOD)
        assert failing.get("/healthz").status_code == 200
    (record,) = [one for one in caplog.records if one.name == "orbicularis.call"]
    assert vars(record)["fields"]["status"] == 500
