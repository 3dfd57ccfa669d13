"""What the log tells of feedback: names out of the rules, never what was sent."""

import logging
from typing import Any

import httpx
import pytest

from orbicularis.api.log import Json, Plain
from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.metrics.metrics import Metrics
from tests.api.feedback.told import PATH, SYSTEM, accepted, batch, overridden

MARKERS = ("Roe", "1970-01-01", "marker-card", "marker-code", "marker-display", "marker-id")


def lines(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, Any]]:
    """The fields of each line of the event."""
    return [
        vars(record)["fields"]
        for record in caplog.records
        if record.name == "orbicularis.feedback" and record.getMessage() == event
    ]


def test_a_request_is_one_line_and_each_decision_another(
    connected: httpx.Client,
    metrics: Metrics,
    card: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = card["suggestions"][0]["uuid"]
    why = {"reason": {"code": "need-more-info", "system": SYSTEM}}
    body = batch(
        accepted(card["uuid"], first, "elsewhere"), overridden(card["uuid"], overrideReason=why)
    )
    with caplog.at_level(logging.INFO, "orbicularis.feedback"):
        response = connected.post(PATH, json=body)
    (request,) = lines(caplog, "feedback")
    assert request.pop("duration_ms") > 0
    common = {
        "request_id": response.headers["x-request-id"],
        "service": "facial-twitching",
        "issuer": None,
    }
    assert request == common | {"status": 200, "entries": 2}
    of_card = {"kind": "differential", "rule": "hypoparathyroidism", "revision": "current"}
    assert lines(caplog, "decision") == [
        common
        | of_card
        | {
            "outcome": "accepted",
            "orders": ("creatinine", "unknown"),
            "accepted_suggestions": 2,
            "reasons": (),
        },
        common
        | of_card
        | {
            "outcome": "overridden",
            "orders": (),
            "accepted_suggestions": 0,
            "reasons": ("need-more-info",),
        },
    ]


@pytest.mark.parametrize(
    ("path", "body", "status", "service"),
    [
        (PATH, batch({"card": "Roe"}), 400, "facial-twitching"),
        ("/cds-services/Roe/feedback", batch(), 404, None),
    ],
)
def test_a_refused_request_is_one_line_and_no_decision(
    connected: httpx.Client,
    metrics: Metrics,
    caplog: pytest.LogCaptureFixture,
    path: str,
    body: Any,
    status: int,
    service: str | None,
) -> None:
    with caplog.at_level(logging.INFO, "orbicularis.feedback"):
        connected.post(path, json=body)
    (request,) = lines(caplog, "feedback")
    assert (request["status"], request["service"], request["entries"]) == (status, service, 0)
    assert lines(caplog, "decision") == []


def test_nothing_that_was_sent_is_logged_counted_or_told_back(
    connected: httpx.Client,
    metrics: Metrics,
    card: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    why = {
        "reason": {"code": "marker-code", "system": "Roe", "display": "marker-display"},
        "userComment": "Jane Roe, born 1970-01-01, refuses.",
    }
    marked = {"outcomeTimestamp": "1970-01-01T00:00:00Z", "patient": "Roe"}
    good = (
        overridden(card["uuid"], overrideReason=why, **marked),
        overridden("marker-card", overrideReasons=[why, why["reason"]], **marked),
        accepted("marker-card", "marker-id", card["suggestions"][0]["uuid"], **marked),
    )
    bad = (
        *good,
        overridden("marker-card", overrideReason="Jane Roe"),
        accepted("marker-card", acceptedSuggestions=["marker-id"]),
        {"marker-code": "marker-display", "outcome": "Roe", "outcomeTimestamp": "Roe"},
    )
    with caplog.at_level(logging.DEBUG):
        taken = connected.post(PATH, json=batch(*good))
        refused = connected.post(PATH, json=batch(*bad))
    assert (taken.status_code, refused.status_code) == (200, 400)
    assert len(lines(caplog, "decision")) == len(good)
    ours = [record for record in caplog.records if record.name.startswith("orbicularis")]
    written = [form.format(record) for record in ours for form in (Json(), Plain())]
    everything = "\n".join([*written, exposition(metrics).decode(), taken.text, refused.text])
    assert [marker for marker in MARKERS if marker in everything] == []
    assert card["uuid"] not in everything
