"""What is refused, with every place that is wrong; nothing of it is counted."""

import json
from typing import Any

import httpx
import pytest

from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.misshapen import MOST_ISSUES
from orbicularis.api.models.feedback import MOST_ENTRIES, MOST_ITEMS
from tests.api.feedback.conftest import LONGEST
from tests.api.feedback.told import ELSEWHERE, PATH, WHEN, accepted, batch, overridden
from tests.api.metrics.counted import Series, counted
from tests.api.outcome import issue, issues

SECRET = "Jane Roe 1970-01-01"
CARD = ELSEWHERE


def without(entry: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != name}


def reason(value: Any) -> dict[str, Any]:
    return overridden(CARD, overrideReason=value)


BODIES: list[tuple[Any, str | None, str]] = [
    ([], None, "structure"),
    (SECRET, None, "structure"),
    (None, None, "structure"),
    ({}, "feedback", "required"),
    ({"Feedback": []}, "feedback", "required"),
    (overridden(CARD), "feedback", "required"),
    ({"feedback": None}, "feedback", "structure"),
    ({"feedback": SECRET}, "feedback", "structure"),
    ({"feedback": overridden(CARD)}, "feedback", "structure"),
    (batch(*[overridden(CARD)] * (MOST_ENTRIES + 1)), "feedback", "too-long"),
    (batch(*[{}] * (MOST_ENTRIES + 1)), "feedback", "too-long"),
]

ENTRIES: list[tuple[Any, str, str]] = [
    (None, "", "structure"),
    (SECRET, "", "structure"),
    ([], "", "structure"),
    (without(overridden(CARD), "card"), ".card", "required"),
    (overridden(""), ".card", "value"),
    (overridden(CARD) | {"card": None}, ".card", "structure"),
    (overridden(CARD) | {"card": 7}, ".card", "structure"),
    (overridden(CARD) | {"card": {"uuid": CARD}}, ".card", "structure"),
    (without(overridden(CARD), "outcome"), ".outcome", "required"),
    (overridden(CARD, outcome=None), ".outcome", "value"),
    (overridden(CARD, outcome="ignored"), ".outcome", "value"),
    (overridden(CARD, outcome=SECRET), ".outcome", "value"),
    (overridden(CARD, outcome=["accepted"]), ".outcome", "value"),
    (without(overridden(CARD), "outcomeTimestamp"), ".outcomeTimestamp", "required"),
    (overridden(CARD, outcomeTimestamp=""), ".outcomeTimestamp", "value"),
    (overridden(CARD, outcomeTimestamp=SECRET), ".outcomeTimestamp", "value"),
    (overridden(CARD, outcomeTimestamp="2020-13-01T00:00:00Z"), ".outcomeTimestamp", "value"),
    (overridden(CARD, outcomeTimestamp="2021-02-29"), ".outcomeTimestamp", "value"),
    (overridden(CARD, outcomeTimestamp=f"{WHEN}{' ' * 40}"), ".outcomeTimestamp", "value"),
    (overridden(CARD, outcomeTimestamp=1605052800), ".outcomeTimestamp", "structure"),
    (without(accepted(CARD, "1"), "acceptedSuggestions"), ".acceptedSuggestions", "required"),
    (accepted(CARD), ".acceptedSuggestions", "required"),
    (accepted(CARD, acceptedSuggestions=None), ".acceptedSuggestions", "structure"),
    (accepted(CARD, acceptedSuggestions={"id": "1"}), ".acceptedSuggestions", "structure"),
    (accepted(CARD, acceptedSuggestions=["1"]), ".acceptedSuggestions[0]", "structure"),
    (accepted(CARD, acceptedSuggestions=[{}]), ".acceptedSuggestions[0].id", "required"),
    (accepted(CARD, ""), ".acceptedSuggestions[0].id", "value"),
    (accepted(CARD, *["1"] * (MOST_ITEMS + 1)), ".acceptedSuggestions", "too-long"),
    (reason(SECRET), ".overrideReason", "structure"),
    (reason(7), ".overrideReason", "structure"),
    (reason({"reason": SECRET}), ".overrideReason.reason", "structure"),
    (reason({"reason": {}}), ".overrideReason.reason.code", "required"),
    (reason({"reason": {"code": ""}}), ".overrideReason.reason.code", "value"),
    (reason({"reason": {"code": 7}}), ".overrideReason.reason.code", "structure"),
    (reason({"reason": {"code": "1", "system": 7}}), ".overrideReason.reason.system", "structure"),
    (reason({"userComment": [SECRET]}), ".overrideReason.userComment", "structure"),
    (reason({"code": 7}), ".overrideReason.code", "structure"),
    (reason([SECRET]), ".overrideReason[0]", "structure"),
    (overridden(CARD, overrideReasons=[{}, 7]), ".overrideReasons[1]", "structure"),
    (overridden(CARD, overrideReasons=[{}] * (MOST_ITEMS + 1)), ".overrideReasons", "too-long"),
]


def refused(connected: httpx.Client, metrics: Metrics, body: Any) -> httpx.Response:
    """Send what must be refused, and see that it told nothing and counted nothing."""
    response = connected.post(PATH, content=json.dumps(body).encode())
    assert response.status_code == 400
    assert SECRET not in response.text
    assert counted(metrics) == {Series("orbicularis_feedback_requests_total", ("400",)): 1}
    return response


@pytest.mark.parametrize(("body", "where", "code"), BODIES)
def test_a_body_that_is_no_feedback(
    connected: httpx.Client, metrics: Metrics, body: Any, where: str | None, code: str
) -> None:
    found = issue(refused(connected, metrics, body))
    assert (found.get("expression"), found["code"]) == (where and [where], code)


@pytest.mark.requirement("cds-hooks_3.0#feedback-invariants")
@pytest.mark.parametrize(("entry", "where", "code"), ENTRIES)
def test_an_entry_with_something_wrong_in_it(
    connected: httpx.Client, metrics: Metrics, entry: Any, where: str, code: str
) -> None:
    good = overridden(CARD)
    found = issue(refused(connected, metrics, batch(good, entry, good)))
    assert found["expression"] == [f"feedback[1]{where}"]
    assert found["code"] == code
    assert found["diagnostics"].startswith(f"feedback[1]{where}: ")


def test_everything_that_is_wrong_is_named_at_once(
    connected: httpx.Client, metrics: Metrics
) -> None:
    found = issues(
        refused(
            connected,
            metrics,
            batch({}, accepted(CARD), {"outcome": "accepted"}, overridden(CARD), reason(SECRET)),
        )
    )
    assert [one["expression"][0] for one in found] == [
        "feedback[0].card",
        "feedback[0].outcomeTimestamp",
        "feedback[0].outcome",
        "feedback[1].acceptedSuggestions",
        "feedback[2].card",
        "feedback[2].outcomeTimestamp",
        "feedback[2].acceptedSuggestions",
        "feedback[4].overrideReason",
    ]


def test_the_answer_to_a_thousand_errors_stays_short(
    connected: httpx.Client, metrics: Metrics
) -> None:
    found = issues(refused(connected, metrics, batch(*[{}] * MOST_ENTRIES)))
    assert len(found) == MOST_ISSUES + 1
    assert str(3 * MOST_ENTRIES - MOST_ISSUES) in found[-1]["diagnostics"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"feedback": ["\xff"]}',
        b'{"feedback": NaN}',
        b'{"feedback": [], "x": ' + b"9" * 5000 + b"}",
        rb'{"feedback": [{"card": "\ud800"}]}',
        b"[" * 100_000,
        b'{"feedback": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_what_is_no_json(connected: httpx.Client, metrics: Metrics, body: bytes) -> None:
    response = connected.post(PATH, content=body)
    assert response.status_code == 400
    assert issue(response)["code"] in ("structure", "value")
    assert set(counted(metrics)) == {Series("orbicularis_feedback_requests_total", ("400",))}


@pytest.mark.parametrize(
    ("path", "content", "headers", "status"),
    [
        ("/cds-services/Roe/feedback", b"{}", {}, 404),
        (PATH, b" " * (LONGEST + 1), {}, 413),
        (PATH, b"{}", {"content-type": "text/xml"}, 415),
        (PATH, b"{}", {"content-encoding": "gzip"}, 415),
    ],
)
def test_requests_that_are_not_read(
    connected: httpx.Client,
    metrics: Metrics,
    path: str,
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    response = connected.post(path, content=content, headers=headers)
    assert response.status_code == status
    assert issue(response)["severity"] == "error"
    expected = {Series("orbicularis_feedback_requests_total", (str(status),)): 1}
    assert counted(metrics) == expected
