"""The oracle notices what is wrong: an answer is spoilt in each way, and each is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from orbicularis.api.sample import sample
from tests.fuzz import cards, order, refusals
from tests.fuzz.broken import Broken
from tests.fuzz.exchange import Told
from tests.fuzz.refusals import MARK
from tests.fuzz.targets import LONGEST_S, Target

Json = dict[str, Any]


def answer() -> Json:
    return sample("hypoparathyroidism.response")


def judged(change: Callable[[Json], object]) -> str | None:
    """What the oracle says of the sample answer with a change."""
    told = answer()
    change(told)
    try:
        cards.check(json.dumps(told).encode(), "demo-hypoparathyroidism")
    except Broken as broken:
        return broken.kind
    return None


def card(changes: Json) -> Callable[[Json], object]:
    return lambda told: told["cards"][0].update(changes)


def action(told: Json) -> Json:
    found: Json = told["cards"][0]["suggestions"][0]["actions"][0]
    return found


SPOILT: dict[str, Callable[[Json], object]] = {
    "cards: a uuid twice": lambda told: told["cards"][0]["suggestions"][0].update(
        uuid=told["cards"][0]["uuid"]
    ),
    "card: summary of several lines, or unseen characters": card({"summary": "a\nb"}),
    "card: detail would become a link": card({"detail": "see www.example.org"}),
    "card: detail holds unseen characters": card({"detail": "a\u202eb"}),
    "card: detail holds html_inline": card({"detail": "a <b>bold</b> word"}),
    "card: detail holds image": card({"detail": "![x](https:)"}),
    "suggestion: no label": lambda told: told["cards"][0]["suggestions"][0].update(label=" "),
    "action: type of resource": lambda told: action(told)["resource"].update(
        resourceType="MedicationRequest"
    ),
    "action: status": lambda told: action(told)["resource"].update(status="active"),
    "action: subject": lambda told: action(told)["resource"].update(
        subject={"reference": "Patient/other"}
    ),
}


def test_a_right_answer_is_right() -> None:
    patient = sample("hypoparathyroidism.request")["context"]["patientId"]
    assert cards.check(json.dumps(answer()).encode(), patient)
    assert cards.check(b'{"cards":[]}', None) == []


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_answer_is_noticed(kind: str) -> None:
    assert judged(SPOILT[kind]) == kind


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": "a" * 140},
        {"summary": ""},
        {"indicator": "hard-stop"},
        {"uuid": 7},
        {"detail": 1},
    ],
)
def test_a_card_that_the_document_forbids_is_noticed(changes: Json) -> None:
    assert judged(card(changes)) in {"cards: not valid", "card: length of the summary"}


def test_four_cards_are_noticed() -> None:
    assert judged(lambda told: told["cards"].extend(told["cards"] * 3)) == "cards: not valid"


@pytest.mark.parametrize(
    "body", [b'{"cards":NaN}', b'{"cards":[],"x":"\\ud800"}', b'{"cards":["\xff"]}', b"[]", b""]
)
def test_what_is_no_json_is_noticed(body: bytes) -> None:
    with pytest.raises(Broken, match="cards: not"):
        cards.check(body, None)


def told(status: int = 400, body: str = "", **more: Any) -> Told:
    kind = b"application/fhir+json" if status >= 400 else b"application/json"
    given = {"headers": ((b"content-type", kind),), "seconds": 0.0, "log": (), "failure": None}
    return Told(status=status, body=body.encode(), **{**given, **more})


def outcome(words: str) -> str:
    issue = {"severity": "error", "code": "value", "diagnostics": words}
    return json.dumps({"resourceType": "OperationOutcome", "issue": [issue]})


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (outcome(f"{MARK} is unknown"), "refusal: repeats what was sent"),
        (outcome("Jane Roe is unknown"), "refusal: repeats what was sent"),
        ('{"resourceType":"Patient"}', "refusal: not valid"),
    ],
)
def test_a_bad_refusal_is_noticed(answer: str, kind: str) -> None:
    with pytest.raises(Broken) as noticed:
        refusals.check(told(body=answer), b'{"a": ["Jane Roe"]}')
    assert noticed.value.kind == kind


def test_a_good_refusal_may_use_our_own_words() -> None:
    refusals.check(told(body=outcome("prefetch: Field required.")), b'{"prefetch": "Field req"}')


def test_what_is_logged_of_a_chart_is_noticed() -> None:
    with pytest.raises(Broken, match="log: repeats"):
        refusals.check_log(told(log=(f"call {MARK}",)))
    with pytest.raises(Broken, match="header: repeats"):
        refusals.check_log(told(headers=((b"x", MARK.encode()),)))


def target(*answers: Told) -> Target:
    """A target that gives these answers in turn."""
    pending = list(answers)
    return Target(lambda data: pending.pop(0), frozenset({200, 400}), lambda data, one, more: None)


def failed() -> ValueError:
    try:
        raise ValueError("planted")
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([told(500, failure=failed())], "500: ValueError in"),
        ([told(503)], "status 503"),
        ([told(200, seconds=LONGEST_S + 0.1)], "took too long"),
        ([told(200, "a"), told(200, "b")], "another answer"),
        ([told(200, "a"), told(400, "a")], "another answer"),
    ],
)
def test_a_failing_service_is_noticed(answers: list[Told], kind: str) -> None:
    with pytest.raises(Broken) as noticed:
        target(*answers).check(b"", thorough=True)
    assert noticed.value.kind.startswith(kind)


def test_cards_that_depend_on_the_order_of_records_are_noticed() -> None:
    body = json.dumps({"prefetch": {"a": {"entry": [{"resource": 1}, {"resource": 2}]}}}).encode()
    with pytest.raises(Broken, match="order: reversed"):
        order.check(body, lambda data: told(200, data.decode()))
    counting = json.dumps({"prefetch": {"a": {"entry": [{"resource": 1}]}}}).encode()
    with pytest.raises(Broken, match="order: doubled"):
        order.check(counting, lambda data: told(200, str(len(data))))
    order.check(body, lambda data: told(200, "the same"))
