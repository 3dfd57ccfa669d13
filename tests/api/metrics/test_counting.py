"""What is counted of calls and of their answers."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.metrics import skips
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.sample import sample
from orbicularis.cards.marks import Marks
from orbicularis.cards.uuid8 import make
from orbicularis.engine.engine import Answer, Engine
from orbicularis.facts.call import Call
from orbicularis.facts.chart import Skipped
from tests.api.metrics.counted import Series, counted
from tests.contract.refresh_samples import SEEN

SERVICE = "facial-twitching"
IN_PROGRESS = Series("orbicularis_requests_in_progress", ())


def requests(service: str, hook: str, status: str) -> Series:
    return Series("orbicularis_requests_total", (hook, service, status))


def skipped(word: str) -> Series:
    return Series("orbicularis_resources_skipped_total", (word,))


def sample_call(engine: Engine) -> Call:
    body = json.dumps(sample("hypoparathyroidism.request")).encode()
    return take(split(body), engine.bundle.services[SERVICE]).call


@pytest.fixture
def answered(engine: Engine) -> Answer:
    return engine.answer(SERVICE, sample_call(engine), SEEN)


def test_a_call_is_counted_by_hook_and_status_and_timed() -> None:
    metrics = Metrics()
    metrics.calls.began()
    assert counted(metrics) == {IN_PROGRESS: 1}
    metrics.calls.answered(SERVICE, "patient-view", 200, 0.0042)
    counts = counted(metrics)
    assert counts[requests(SERVICE, "patient-view", "200")] == 1
    assert IN_PROGRESS not in counts
    seconds = "orbicularis_request_duration_seconds"
    assert counts[Series(f"{seconds}_count", ("patient-view",))] == 1
    assert counts[Series(f"{seconds}_sum", ("patient-view",))] == pytest.approx(0.0042)
    within = {series.labels[1] for series in counts if series.name == f"{seconds}_bucket"}
    assert "0.005" in within
    assert "0.002" not in within


def test_a_call_that_is_refused_before_it_is_known_is_counted_under_none() -> None:
    metrics = Metrics()
    for service, status in ((None, 404), (SERVICE, 400)):
        metrics.calls.began()
        metrics.calls.answered(service, None, status, 0.001)
    counts = counted(metrics)
    assert counts[requests("none", "none", "404")] == 1
    assert counts[requests(SERVICE, "none", "400")] == 1


def test_calls_that_run_at_once_are_seen() -> None:
    metrics = Metrics()
    for _ in range(3):
        metrics.calls.began()
    metrics.calls.answered(SERVICE, "patient-view", 200, 0.001)
    assert counted(metrics)[IN_PROGRESS] == 2


def test_an_answer_is_counted_by_rule_and_order(engine: Engine, answered: Answer) -> None:
    metrics = Metrics()
    metrics.answers.sent(answered, Marks(engine.bundle))
    metrics.answers.sent(answered, Marks(engine.bundle))
    assert counted(metrics) == {
        Series("orbicularis_cards_total", ("warning", "differential", "hypoparathyroidism")): 2,
        Series("orbicularis_suggestions_total", ("creatinine",)): 2,
        Series("orbicularis_suggestions_total", ("ecg-12-lead",)): 2,
        Series("orbicularis_resources_total", ()): 2 * answered.assessment.chart.resources,
    }


def test_a_card_of_unknown_origin_is_counted_as_that(engine: Engine, answered: Answer) -> None:
    metrics = Metrics()
    (card,) = answered.cards
    (first, *_) = card.suggestions or ()
    stranger = make("", "", "", "")
    strange = msgspec.structs.replace(
        card,
        uuid=stranger,
        suggestions=(msgspec.structs.replace(first, uuid=stranger),),
    )
    metrics.answers.sent(replace(answered, cards=(strange,)), Marks(engine.bundle))
    counts = counted(metrics)
    assert counts[Series("orbicularis_cards_total", ("warning", "unknown", "unknown"))] == 1
    assert counts[Series("orbicularis_suggestions_total", ("unknown",))] == 1


def resource(**fields: Any) -> dict[str, Any]:
    mine = {"reference": "Patient/demo-hypoparathyroidism"}
    return {"resourceType": "Observation", "status": "final", "subject": mine, **fields}


TWITCHING = {"text": "Twitching of the upper lip"}
SKIPS: dict[str, dict[str, Any]] = {
    "other-patient": resource(code=TWITCHING, subject={"reference": "Patient/somebody-else"}),
    "no-resource": {},
    "unreadable": resource(code=TWITCHING, valueBoolean="Jane Roe"),
    "text-cut-short": resource(code=TWITCHING, valueString="a " * 20_000),
    "medicine-not-sent": resource(
        resourceType="MedicationStatement", medicationReference={"reference": "Medication/gone"}
    ),
    "unknown-order-kind": {"resourceType": "ProcedureRequest", "id": "1"},
}


@pytest.mark.parametrize("word", SKIPS)
def test_what_is_left_aside_is_counted_under_a_fixed_word(engine: Engine, word: str) -> None:
    """Holds the words to the reasons that reading a chart gives."""
    entry = {"resource": SKIPS[word] or None}
    more = msgspec.Raw(json.dumps({"resourceType": "Bundle", "entry": [entry]}).encode())
    call = sample_call(engine)
    if word == "unknown-order-kind":
        call = replace(call, hook="order-sign", drafts=more)
    else:
        call = replace(call, prefetch={**call.prefetch, "more": more})
    metrics = Metrics()
    metrics.answers.sent(engine.answer(SERVICE, call, SEEN), Marks(engine.bundle))
    told = {series: count for series, count in counted(metrics).items() if "skipped" in series.name}
    assert told == {skipped(word): 1}


def test_the_fixed_words_are_these() -> None:
    assert frozenset(SKIPS) == skips.REASONS


@pytest.mark.parametrize("reason", ["", "Jane Roe", "Expected `str`, got `int` - at `$.id`"])
def test_no_other_reason_becomes_a_label(reason: str) -> None:
    assert skips.reason(Skipped("Observation/1", reason)) == skips.UNREADABLE
