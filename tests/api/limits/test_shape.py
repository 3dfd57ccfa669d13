from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.limits.charts import EMPTY, body, bundle, observations
from tests.api.live import live
from tests.api.outcome import issue
from tests.api.test_refusals import PATH

ENTRIES = 100
KEYS = 20
ELEMENTS = 10_000


@pytest.fixture(scope="module")
def small(engine: Engine) -> Iterator[httpx.Client]:
    settings = Settings(max_entries=ENTRIES, max_keys=KEYS, max_elements=ELEMENTS)
    with live(engine, settings) as url, httpx.Client(base_url=url) as client:
        yield client


def _status(client: httpx.Client, content: bytes) -> int:
    return client.post(PATH, content=content).status_code


def test_as_many_entries_as_are_accepted_are_read(small: httpx.Client) -> None:
    assert _status(small, body(symptoms=bundle(observations(ENTRIES)))) == 200


@pytest.mark.parametrize(
    "prefetch",
    [
        {"symptoms": bundle(observations(ENTRIES + 1))},
        {"symptoms": bundle(observations(ENTRIES)), "laboratory": bundle(observations(1))},
        {"symptoms": bundle([bundle(observations(ENTRIES))])},
        {"symptoms": EMPTY | {"entry": [7, *bundle(observations(ENTRIES))["entry"]]}},
        {"symptoms": EMPTY | {"entry": [{}] * 2500}},
    ],
    ids=["one more", "in two sources", "in a Bundle within", "beside what is none", "empty ones"],
)
def test_more_entries_are_refused(small: httpx.Client, prefetch: dict[str, Any]) -> None:
    response = small.post(PATH, content=body(**prefetch))
    assert response.status_code == 413
    found = issue(response)
    assert found["code"] == "too-long"
    assert f"{ENTRIES} entries" in found["diagnostics"]


def test_drafts_are_entries_too(small: httpx.Client) -> None:
    context = {
        "userId": "Practitioner/1",
        "patientId": "1",
        "draftOrders": bundle(observations(ENTRIES + 1)),
    }
    request = {"hook": "order-sign", "hookInstance": "1", "context": context}
    assert small.post(PATH, json=request).status_code == 413


def test_as_many_keys_as_are_accepted_are_read(small: httpx.Client) -> None:
    assert _status(small, body(**{f"k{i}": EMPTY for i in range(KEYS)})) == 200


def test_more_keys_are_refused(small: httpx.Client) -> None:
    response = small.post(PATH, content=body(**{f"k{i}": None for i in range(KEYS + 1)}))
    assert response.status_code == 413
    assert f"{KEYS} keys" in issue(response)["diagnostics"]


@pytest.mark.parametrize(
    "many",
    [
        b"[" + b"1," * ELEMENTS + b"1]",
        b"[" + b"[]," * ELEMENTS + b"[]]",
        (b"[" * 500 + b"]" * 500 + b",") * (ELEMENTS // 500) + b"1",
        (b'{"":' * 500 + b"1" + b"}" * 500 + b",") * (ELEMENTS // 500) + b"1",
        b"[" * (ELEMENTS + 1),
    ],
    ids=["numbers", "arrays", "arrays within", "objects within", "arrays without end"],
)
@pytest.mark.parametrize("key", [b"prefetch", b"context", b"anything"])
def test_more_values_are_refused_wherever_they_stand(
    small: httpx.Client, key: bytes, many: bytes
) -> None:
    response = small.post(PATH, content=b'{"' + key + b'":' + many + b"}")
    assert response.status_code == 413
    assert f"{ELEMENTS} values" in issue(response)["diagnostics"]


def test_as_many_values_as_are_accepted_are_read(small: httpx.Client) -> None:
    fewer = body(symptoms=EMPTY)
    others = sum(fewer.count(sign) for sign in (b",", b"[", b"{")) + len(b",[") + 1
    numbers = ",".join(["10"] * (ELEMENTS - others + 1)).encode()
    assert _status(small, fewer[:-1] + b', "more": [' + numbers + b"]}") == 200
    assert _status(small, fewer[:-1] + b', "more": [1,' + numbers + b"]}") == 413


def test_a_long_text_is_one_value(small: httpx.Client) -> None:
    note = [{"text": "x" * 50_000}]
    assert _status(small, body(symptoms=bundle([{**observations(1)[0], "note": note}]))) == 200
