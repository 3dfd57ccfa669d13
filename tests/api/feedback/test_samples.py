"""The worked examples: recognised by the rules that are served, whatever their revision."""

from typing import Any

import httpx
import pytest

from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.sample import sample
from tests.api.feedback.told import PATH
from tests.api.metrics.counted import counted

SAMPLES = {
    "feedback-accepted.request": {"accepted": 1},
    "feedback-overridden.request": {"overridden": 1},
    "feedback-batch.request": {"accepted": 1, "overridden": 2},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_counted_by_rule(connected: httpx.Client, metrics: Metrics, name: str) -> None:
    assert connected.post(PATH, json=sample(name)).status_code == 200
    counts = counted(metrics)
    told: dict[str, float] = {}
    for series, value in counts.items():
        if series.name == "orbicularis_feedback_total":
            told[series.labels[1]] = told.get(series.labels[1], 0) + value
    assert told == SAMPLES[name]
    rules = {series.labels[3] for series in counts if series.name == "orbicularis_feedback_total"}
    assert "hypoparathyroidism" in rules


def test_the_sample_card_is_the_one_that_the_sample_call_gets(card: dict[str, Any]) -> None:
    """But for the digest of the revision, which changes with every byte of the rules."""
    (entry,) = sample("feedback-accepted.request")["feedback"]
    assert entry["card"][8:] == card["uuid"][8:]
    (suggestion,) = entry["acceptedSuggestions"]
    assert suggestion["id"][8:] in {one["uuid"][8:] for one in card["suggestions"]}
