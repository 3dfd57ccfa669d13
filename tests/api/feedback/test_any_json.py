"""Whatever is sent is taken or refused, and never breaks the service."""

import json
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from tests.api.feedback.told import PATH
from tests.support.examples import untimed

NAMES = st.sampled_from(
    [
        "feedback",
        "card",
        "outcome",
        "acceptedSuggestions",
        "overrideReason",
        "overrideReasons",
        "outcomeTimestamp",
        "reason",
        "userComment",
        "code",
        "system",
        "id",
    ]
)
VALUES = st.sampled_from(
    ["accepted", "overridden", "2026-11-20T11:05:31Z", "9" * 40, "\ud800", "", "0cf744da"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | VALUES
ANYTHING = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(NAMES, LEAVES, max_size=3)
REASONS = st.fixed_dictionaries({}, optional={"reason": ANYTHING, "userComment": ANYTHING})
ENTRIES = st.dictionaries(NAMES, ANYTHING, max_size=4) | st.fixed_dictionaries(
    {
        "card": VALUES,
        "outcome": st.sampled_from(["accepted", "overridden"]),
        "outcomeTimestamp": st.just("2026-11-20T11:05:31Z") | ANYTHING,
    },
    optional={
        "acceptedSuggestions": st.lists(st.fixed_dictionaries({"id": VALUES}), max_size=2)
        | ANYTHING,
        "overrideReason": REASONS | ANYTHING,
        "overrideReasons": st.lists(REASONS, max_size=2) | ANYTHING,
    },
)
BODIES = ANYTHING | st.fixed_dictionaries({"feedback": st.lists(ENTRIES, max_size=3)})


@untimed(400)
@given(BODIES)
def test_any_json_is_taken_or_refused(connected: httpx.Client, body: Any) -> None:
    response = connected.post(PATH, content=json.dumps(body).encode())
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.json()["resourceType"] == "OperationOutcome"


@untimed(200)
@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(connected: httpx.Client, body: bytes) -> None:
    assert connected.post(PATH, content=body).status_code in (200, 400)


NON_EMPTY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
TIMES = st.datetimes().map(lambda when: f"{when.isoformat()}Z")
CODINGS = st.fixed_dictionaries(
    {"code": NON_EMPTY}, optional={"system": st.none() | NON_EMPTY, "display": NON_EMPTY}
)
GIVEN_REASONS = CODINGS | st.fixed_dictionaries(
    {}, optional={"reason": CODINGS, "userComment": NON_EMPTY}
)
GOOD = st.fixed_dictionaries(
    {
        "card": NON_EMPTY,
        "outcome": st.just("accepted"),
        "acceptedSuggestions": st.lists(
            st.fixed_dictionaries({"id": NON_EMPTY}), min_size=1, max_size=3
        ),
        "outcomeTimestamp": TIMES,
    }
) | st.fixed_dictionaries(
    {"card": NON_EMPTY, "outcome": st.just("overridden"), "outcomeTimestamp": TIMES},
    optional={
        "overrideReason": GIVEN_REASONS,
        "overrideReasons": st.lists(GIVEN_REASONS, max_size=2),
    },
)


@untimed(200)
@given(st.lists(GOOD, max_size=3))
def test_whatever_is_well_formed_is_taken(connected: httpx.Client, entries: Any) -> None:
    response = connected.post(PATH, json={"feedback": entries})
    assert (response.status_code, response.content) == (200, b"")
