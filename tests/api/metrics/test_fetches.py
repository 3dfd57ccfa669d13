"""What is counted of what FHIR servers are asked."""

import msgspec
import pytest

from orbicularis.api.fhir_access import failed
from orbicularis.api.fhir_access.access import Access
from orbicularis.api.metrics.fetches import outcome
from orbicularis.api.metrics.metrics import Metrics
from orbicularis.api.settings import Settings
from orbicularis.engine.prefetch import templates
from orbicularis.facts.call import Fetched
from tests.api.fhir_access.calls import NOBODY, RULES, SERVICE, asked, run
from tests.api.metrics.counted import Series, counted

SECONDS = "orbicularis_fhir_access_duration_seconds"


def queries(outcome: str) -> Series:
    return Series("orbicularis_fhir_queries_total", (outcome,))


def test_queries_are_counted_by_how_they_ended_and_pages_in_sum() -> None:
    metrics = Metrics()
    page = msgspec.Raw(b"{}")
    metrics.fetches.fetched(
        [Fetched((page, page)), Fetched((page,), failed.TIMED_OUT), Fetched((), "HTTP 503")], 0.3
    )
    counts = counted(metrics)
    assert counts[queries("complete")] == 1
    assert counts[queries("timed-out")] == 1
    assert counts[queries("http-5xx")] == 1
    assert counts[Series("orbicularis_fhir_pages_total", ())] == 3
    assert counts[Series(f"{SECONDS}_count", ())] == 1


def test_what_is_never_asked_is_counted_too() -> None:
    metrics = Metrics()
    settings = Settings()
    request = asked("https://elsewhere.example/fhir")

    async def complete(_: Access) -> None:
        access = Access(settings, counts=metrics.fetches)
        await access.complete(request, SERVICE, templates(SERVICE, RULES), NOBODY)
        await access.close()

    run(complete)
    counts = counted(metrics)
    assert counts[queries("server-not-allowed")] == len(SERVICE.prefetch)
    assert Series("orbicularis_fhir_pages_total", ()) not in counts


WORDS = sorted(
    word for name, word in vars(failed).items() if name.isupper() and isinstance(word, str)
)


@pytest.mark.parametrize("words", WORDS)
def test_every_fixed_word_is_a_label(words: str) -> None:
    assert outcome(words).replace("-", "").isalpha()
    assert " " not in outcome(words)


@pytest.mark.parametrize("status", range(100, 600, 37))
def test_statuses_are_few(status: int) -> None:
    assert outcome(failed.of_status(status).words) in {
        "redirected", "http-1xx", "http-2xx", "http-4xx", "http-5xx",
    }  # fmt: skip
