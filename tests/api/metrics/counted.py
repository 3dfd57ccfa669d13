"""Reading what was counted."""

from typing import NamedTuple

from prometheus_client.parser import text_string_to_metric_families

from orbicularis.api.metrics.exposition import exposition
from orbicularis.api.metrics.metrics import Metrics


class Series(NamedTuple):
    """One time series: its name, and the values of its labels in the order of their names."""

    name: str
    labels: tuple[str, ...]


def counted(metrics: Metrics) -> dict[Series, float]:
    """Everything of ours that is not zero, as a scraper reads it."""
    return read(exposition(metrics).decode())


def read(text: str) -> dict[Series, float]:
    """The same out of the text that a scraper gets."""
    return {
        Series(
            sample.name, tuple(value for _, value in sorted(sample.labels.items()))
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("orbicularis_") and sample.value
    }
