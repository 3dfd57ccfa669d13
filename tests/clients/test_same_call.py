"""A call that is repeated: a client retries, and remembers what was overridden."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from orbicularis.engine.engine import Engine
from tests.conformance.exchange import values
from tests.conformance.patients import SERVICE, request_of, vignette_files

Json = dict[str, Any]

PATH = f"/cds-services/{SERVICE}"
INSTANCE = "7c5b9d0a-4a37-4d0b-9e1c-2f6f0f0f7a11"
OTHER = "0f2d3c4b-5a69-4788-96a5-b4c3d2e1f001"
UUID = re.compile(r'"uuid":"[^"]+"')


@pytest.fixture(scope="module")
def requests(engine: Engine) -> list[Json]:
    """The first patient beside every rule."""
    now = datetime.now(UTC)
    return [
        request_of(group[0], engine.bundle, now, INSTANCE) for group in vignette_files().values()
    ]


def _post(client: httpx.Client, request: Json) -> bytes:
    response = client.post(PATH, json=request)
    assert response.status_code == 200
    return response.content


def test_the_answer_is_the_same_to_the_byte_and_of_another_instance_but_for_the_uuids(
    client: httpx.Client, requests: list[Json]
) -> None:
    told = 0
    for request in requests[::2]:
        answer = _post(client, request)
        assert _post(client, request) == answer
        other = _post(client, {**request, "hookInstance": OTHER})
        assert UUID.sub("", other.decode()) == UUID.sub("", answer.decode())
        assert not _uuids(other) & _uuids(answer)
        told += len(_uuids(answer))
    assert told > 100


def _uuids(answer: bytes) -> set[str]:
    return {value for path, value in values(json.loads(answer)) if path.endswith("/uuid")}


def test_the_order_of_the_keys_and_records_changes_nothing(
    client: httpx.Client, requests: list[Json]
) -> None:
    for request in requests[::4]:
        turned = {name: request[name] for name in reversed(request)}
        turned["prefetch"] = {key: _turned(request["prefetch"][key]) for key in request["prefetch"]}
        assert _post(client, turned) == _post(client, request)


def _turned(answer: Json) -> Json:
    return {**answer, "entry": answer["entry"][::-1]} if "entry" in answer else answer


def test_no_two_rules_share_a_topic(engine: Engine) -> None:
    bundle = engine.bundle
    for kind, rules in (("differential", bundle.causes), ("alert", bundle.red_flags)):
        codes = {"".join(filter(str.isalnum, f"{kind}{name}"))[:100] for name in rules}
        assert len(codes) == len(rules)
