"""Log and traces name each other."""

import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.live import live
from tests.api.tracing.a_call import CALL, PATH
from tests.api.tracing.collector import Collected, values


class Kept(logging.Handler):
    """Keeps the fields of every line of ours."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[tuple[str, dict[str, Any]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("orbicularis"):
            self.lines.append((record.getMessage(), getattr(record, "fields", {})))


@pytest.fixture
def log() -> Iterator[Kept]:
    ours, handler = logging.getLogger("orbicularis"), Kept()
    before = ours.level
    ours.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    ours.setLevel(before)


def test_a_log_line_has_the_trace_and_the_span_has_the_request(
    engine: Engine, collected: Collected, log: Kept
) -> None:
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}", json=CALL)
        httpx.post(f"{url}{PATH}/feedback", json={"feedback": []})
    call, feedback = collected.servers()
    for message, span in (("call", call), ("feedback", feedback)):
        (fields,) = [fields for said, fields in log.lines if said == message]
        assert fields["trace_id"] == span.trace_id.hex()
        assert fields["request_id"] == values(span.attributes)["orbicularis.request_id"]


def test_without_a_collector_no_line_has_one(
    engine: Engine, plain: pytest.MonkeyPatch, log: Kept
) -> None:
    with live(engine, Settings()) as url:
        httpx.post(f"{url}{PATH}", json=CALL)
    assert [fields for message, fields in log.lines if message == "call"]
    assert not any("trace_id" in fields for _, fields in log.lines)


def test_after_the_stop_lines_are_as_before(
    engine: Engine, collected: Collected, log: Kept
) -> None:
    with live(engine, Settings()) as url:
        httpx.get(f"{url}/readyz")
        assert len(log.filters) == 1
    assert not log.filters
