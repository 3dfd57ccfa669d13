"""What is accepted, and how it is counted."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.models.feedback import MOST_ENTRIES, MOST_ITEMS
from orbicularis.cards import uuid8
from tests.api.feedback.told import ELSEWHERE, PATH, SYSTEM, WHEN, accepted, batch, overridden
from tests.api.metrics.counted import Series, counted

CARD = ("differential", "hypoparathyroidism")
UNKNOWN = ("unknown", "unknown")
DONE = {"reason": {"code": "action-completed", "system": SYSTEM}}
FOREIGN = {"reason": {"code": "42", "system": "https://ehr.example.org/reasons", "display": "No"}}
COMMENT = {"userComment": "Spoke to the patient."}


def feedback(card: tuple[str, str], outcome: str, revision: str = "current") -> Series:
    """Labels stand in the order of their names: kind, outcome, revision, rule."""
    return Series("orbicularis_feedback_total", (card[0], outcome, revision, card[1]))


def override(card: tuple[str, str], code: str) -> Series:
    return Series("orbicularis_override_reasons_total", (card[0], code, card[1]))


def order(name: str) -> Series:
    return Series("orbicularis_suggestions_accepted_total", (name,))


def sent(connected: httpx.Client, metrics: Metrics, body: Any) -> dict[Series, float]:
    """Send feedback that must be taken; what was counted, but for the request itself."""
    response = connected.post(PATH, json=body)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["x-request-id"]
    counts = counted(metrics)
    assert counts.pop(Series("orbicularis_feedback_requests_total", ("200",))) == 1
    return counts


OVERRIDES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no reason": ({}, ["none"]),
    "null reason": ({"overrideReason": None}, ["none"]),
    "comment alone": ({"overrideReason": COMMENT}, ["none"]),
    "empty reason": ({"overrideReason": {}}, ["none"]),
    "null in the reason": ({"overrideReason": {"reason": None, "userComment": None}}, ["none"]),
    "reason of the card, as the Sandbox sends it": ({"overrideReason": DONE}, ["action-completed"]),
    "reason and comment": ({"overrideReason": DONE | COMMENT}, ["action-completed"]),
    "reason with display": (
        {"overrideReason": {"reason": DONE["reason"] | {"display": "Done"}}},
        ["action-completed"],
    ),
    "reason without system": (
        {"overrideReason": {"reason": {"code": "action-completed"}}},
        ["action-completed"],
    ),
    "reason with null system": (
        {"overrideReason": {"reason": {"code": "action-completed", "system": None}}},
        ["action-completed"],
    ),
    "same code in another system": (
        {"overrideReason": {"reason": {"code": "action-completed", "system": "urn:x"}}},
        ["other"],
    ),
    "reason of the client's own": ({"overrideReason": FOREIGN}, ["other"]),
    "bare coding": ({"overrideReason": DONE["reason"]}, ["action-completed"]),
    "plural, as Epic sends it": ({"overrideReasons": [DONE]}, ["action-completed"]),
    "plural of several": ({"overrideReasons": [DONE, FOREIGN]}, ["action-completed", "other"]),
    "plural of equal ones": ({"overrideReasons": [DONE, DONE | COMMENT]}, ["action-completed"]),
    "plural of bare codings": ({"overrideReasons": [DONE["reason"]]}, ["action-completed"]),
    "plural of none": ({"overrideReasons": []}, ["none"]),
    "plural that is one": ({"overrideReasons": DONE}, ["action-completed"]),
    "singular that is several": ({"overrideReason": [DONE]}, ["action-completed"]),
    "both names": ({"overrideReason": DONE, "overrideReasons": [DONE]}, ["action-completed"]),
    "suggestions named, but none accepted": ({"acceptedSuggestions": []}, ["none"]),
    "fields of the client's own": ({"extension": {"x": [1]}, "cardSummary": None}, ["none"]),
}


@pytest.mark.requirement("cds-hooks_2.0#148")
@pytest.mark.parametrize("name", OVERRIDES)
def test_an_overridden_card_is_counted_with_its_reasons(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any], name: str
) -> None:
    more, codes = OVERRIDES[name]
    expected = {feedback(CARD, "overridden"): 1.0} | {override(CARD, code): 1.0 for code in codes}
    assert sent(connected, metrics, batch(overridden(card["uuid"], **more))) == expected


def test_every_reason_that_a_card_offers_is_counted_under_its_code(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any]
) -> None:
    offered = card["overrideReasons"]
    entries = [overridden(card["uuid"], overrideReason={"reason": reason}) for reason in offered]
    counts = sent(connected, metrics, batch(*entries))
    assert {override(CARD, reason["code"]) for reason in offered} <= set(counts)
    assert counts[feedback(CARD, "overridden")] == len(offered) > 1


@pytest.mark.requirement("cds-hooks_2.0#148")
def test_accepted_suggestions_are_counted_by_order(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any]
) -> None:
    uuids = [suggestion["uuid"] for suggestion in card["suggestions"]]
    counts = sent(connected, metrics, batch(accepted(card["uuid"], *uuids)))
    assert counts == {
        feedback(CARD, "accepted"): 1,
        order("creatinine"): 1,
        order("ecg-12-lead"): 1,
    }


def test_a_suggestion_named_twice_was_accepted_once(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any]
) -> None:
    uuid = card["suggestions"][0]["uuid"]
    counts = sent(connected, metrics, batch(accepted(card["uuid"], uuid, uuid)))
    assert counts[order("creatinine")] == 1


@pytest.mark.parametrize(
    "written",
    [
        str.upper,
        lambda uuid: uuid.replace("-", ""),
        lambda uuid: f"urn:uuid:{uuid}",
        lambda uuid: f"{{{uuid}}}",
    ],
)
def test_a_uuid_is_the_same_however_it_is_written(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any], written: Any
) -> None:
    counts = sent(connected, metrics, batch(overridden(written(card["uuid"]))))
    assert counts[feedback(CARD, "overridden")] == 1


@pytest.mark.parametrize(
    "unknown",
    [
        ELSEWHERE,
        "11223344",
        "not a uuid",
        "\u0000",
        "0" * 32,
        "00000000-0000-8000-8000-000000000000",
        "x" * 50_000,
    ],
)
def test_ids_that_are_none_of_ours_are_counted_as_unknown(
    connected: httpx.Client, metrics: Metrics, unknown: str
) -> None:
    counts = sent(connected, metrics, batch(accepted(unknown, unknown), overridden(unknown)))
    assert counts == {
        feedback(UNKNOWN, "accepted", "unknown"): 1,
        feedback(UNKNOWN, "overridden", "unknown"): 1,
        override(UNKNOWN, "none"): 1,
        order("unknown"): 1,
    }


def test_a_suggestion_is_no_card_and_a_card_no_suggestion(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any]
) -> None:
    suggestion = card["suggestions"][0]["uuid"]
    counts = sent(connected, metrics, batch(accepted(suggestion, card["uuid"])))
    assert counts == {feedback(UNKNOWN, "accepted", "unknown"): 1, order("unknown"): 1}


def test_cards_of_another_revision_still_tell_their_rule(
    connected: httpx.Client, metrics: Metrics
) -> None:
    old = uuid8.make("last year's", *CARD, "an instance")
    suggestion = uuid8.make("last year's", "suggestion", "creatinine", "an instance")
    counts = sent(connected, metrics, batch(accepted(old, suggestion)))
    assert counts == {feedback(CARD, "accepted", "other"): 1, order("creatinine"): 1}


def test_cards_of_rules_that_are_gone_are_unknown(
    connected: httpx.Client, metrics: Metrics
) -> None:
    gone = uuid8.make("last year's", "differential", "a cause that was", "an instance")
    counts = sent(connected, metrics, batch(overridden(gone)))
    assert counts[feedback(UNKNOWN, "overridden", "unknown")] == 1


@pytest.mark.requirement("cds-hooks_3.0#feedback-repeated")
def test_each_entry_of_a_batch_counts_and_so_does_each_repetition(
    connected: httpx.Client, metrics: Metrics, card: dict[str, Any]
) -> None:
    entry = overridden(card["uuid"])
    assert sent(connected, metrics, batch(entry, entry))[feedback(CARD, "overridden")] == 2
    assert connected.post(PATH, json=batch(entry)).status_code == 200
    assert counted(metrics)[feedback(CARD, "overridden")] == 3


def test_an_empty_batch_counts_nothing(connected: httpx.Client, metrics: Metrics) -> None:
    assert sent(connected, metrics, batch()) == {}


def test_a_full_batch_is_taken(connected: httpx.Client, metrics: Metrics) -> None:
    counts = sent(connected, metrics, batch(*[overridden(ELSEWHERE)] * MOST_ENTRIES))
    assert counts[feedback(UNKNOWN, "overridden", "unknown")] == MOST_ENTRIES


def test_as_many_suggestions_as_are_allowed_are_taken(
    connected: httpx.Client, metrics: Metrics
) -> None:
    ids = [str(UUID(int=number)) for number in range(MOST_ITEMS)]
    counts = sent(connected, metrics, batch(accepted(ELSEWHERE, *ids)))
    assert counts[order("unknown")] == MOST_ITEMS


@pytest.mark.parametrize(
    "when",
    [
        WHEN,
        "1985-04-12T23:20:50.52Z",
        "1985-04-12t23:20:50.52z",
        "2020-12-11T00:00:00Z",
        "2020-12-11T00:00:00+01:00",
        "2020-12-11T00:00:00-0500",
        "2020-12-11T00:00:00.123456789Z",
        "2020-12-11T00:00:00",
        "2020-12-11 00:00:00",
        "2020-12-11T00:00Z",
        "2020-12-11",
        "20201211T000000Z",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60-08:00",
        "0000-02-29T00:00:00Z",
    ],
)
def test_a_time_is_read_in_every_form_of_iso_8601(
    connected: httpx.Client, metrics: Metrics, when: str
) -> None:
    entry = overridden(ELSEWHERE, outcomeTimestamp=when)
    assert len(sent(connected, metrics, batch(entry))) == 2


@pytest.mark.parametrize("content_type", ["application/json", "application/fhir+json", None])
def test_json_is_taken_under_each_of_its_names(
    connected: httpx.Client, metrics: Metrics, content_type: str | None
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    body = json.dumps(batch(overridden(ELSEWHERE))).encode()
    assert connected.post(PATH, content=body, headers=headers).status_code == 200
    assert feedback(UNKNOWN, "overridden", "unknown") in counted(metrics)
