"""Several pages under one key are one source."""

from typing import Any

import pytest

from orbicularis.facts.call import Fetched
from orbicularis.facts.chart import Chart, SourceAnswer
from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, condition, observation, raw, searchset

OWN = observation()
NEXT = [{"relation": "next", "url": "http://x"}]
FIRST = searchset(observation(id="o0"), link=NEXT)
NOTHING_YET = searchset(link=NEXT)
ERROR = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
REMARK = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}
PRACTITIONER = {"resourceType": "Practitioner", "id": "x"}
OUTCOME = "OperationOutcome (error timeout)"


def fetched(*pages: object, failure: str | None = None, **more: Any) -> Fetched:
    return Fetched(tuple(map(raw, pages)), failure, **more)


def chart(reader: Reader, service: Service, got: Fetched, **prefetch: object) -> Chart:
    return reader.read(call(prefetch=prefetch, fetched={"symptoms": got}), service, NOW)


def told(answer: SourceAnswer) -> tuple[str, str | None, str | None]:
    return answer.kind.value, answer.detail, answer.not_fetched


@pytest.mark.parametrize(
    ("got", "expected", "facts"),
    [
        (fetched(searchset(OWN)), ("answered", None, None), 1),
        (fetched(OWN), ("answered", None, None), 1),
        (fetched(searchset()), ("empty", None, None), 0),
        (fetched(FIRST, searchset(OWN)), ("answered", None, None), 2),
        (fetched(NOTHING_YET, searchset()), ("empty", None, None), 0),
        (fetched(NOTHING_YET, searchset(OWN)), ("answered", None, None), 1),
        (fetched(searchset(REMARK)), ("none-returned", "OperationOutcome (warning)", None), 0),
        (fetched(failure="HTTP 403"), ("failed", None, "HTTP 403"), 0),
        (fetched(failure="token expired", asked=False), ("not-provided", None, "token expired"), 0),
        (fetched(FIRST, failure="timed out"), ("incomplete", None, "timed out"), 1),
        (fetched(NOTHING_YET, failure="timed out"), ("incomplete", None, "timed out"), 0),
        (fetched(ERROR), ("failed", None, OUTCOME), 0),
        (fetched(searchset(ERROR)), ("failed", None, OUTCOME), 0),
        (fetched(searchset(OWN, ERROR)), ("incomplete", None, OUTCOME), 1),
        (fetched(FIRST, ERROR), ("incomplete", None, OUTCOME), 1),
        (fetched(NOTHING_YET, ERROR), ("incomplete", None, OUTCOME), 0),
        (fetched(FIRST, ERROR, failure="pages repeat"),
         ("incomplete", None, f"{OUTCOME}; pages repeat"), 1),
        (fetched({"resourceType": "Bundle", "entry": 5}, ERROR),
         ("failed", None, f"Expected `array | null`, got `int` - at `$.entry`; {OUTCOME}"), 0),
        (fetched(ERROR, searchset(OWN)), ("incomplete", None, OUTCOME), 1),
        (fetched(searchset(OWN), failure="timed out"), ("incomplete", None, "timed out"), 1),
        (fetched(NOTHING_YET, {"resourceType": "Bundle", "entry": [5]}),
         ("failed", None, "nothing in it can be read"), 0),
        # A page after which there should be more, though nobody says why it was not fetched.
        (fetched(FIRST), ("incomplete", None, None), 1),
    ],
)  # fmt: skip
def test_a_key_that_was_left_out(
    reader: Reader,
    service: Service,
    got: Fetched,
    expected: tuple[str, str | None, str | None],
    facts: int,
) -> None:
    read = chart(reader, service, got)
    assert told(read.answers["symptoms"]) == expected
    assert read.answers["symptoms"].index
    assert len(read.facts) == facts


@pytest.mark.parametrize(
    ("sent", "got", "expected", "facts"),
    [
        (FIRST, fetched(searchset(OWN)), ("answered", None, None), 2),
        (FIRST, fetched(failure="HTTP 500"), ("incomplete", None, "HTTP 500"), 1),
        (FIRST, fetched(ERROR), ("incomplete", OUTCOME, None), 1),
        (FIRST, fetched(FIRST, failure="pages repeat"), ("incomplete", None, "pages repeat"), 1),
        (NOTHING_YET, fetched(searchset()), ("empty", None, None), 0),
        (NOTHING_YET, fetched(failure="HTTP 500"), ("incomplete", None, "HTTP 500"), 0),
        (
            NOTHING_YET,
            fetched(failure="server not allowed", asked=False),
            ("incomplete", None, "server not allowed"),
            0,
        ),
    ],
)
def test_further_pages_of_what_was_sent(
    reader: Reader,
    service: Service,
    sent: object,
    got: Fetched,
    expected: tuple[str, str | None, str | None],
    facts: int,
) -> None:
    further = Fetched(got.pages, got.failure, further=True, asked=got.asked)
    read = chart(reader, service, further, symptoms=sent)
    assert told(read.answers["symptoms"]) == expected
    assert len(read.facts) == facts


@pytest.mark.parametrize("sent", [ERROR, searchset(ERROR)])
@pytest.mark.parametrize(
    ("got", "expected", "facts"),
    [
        (fetched(searchset(OWN)), ("answered", None, None), 1),
        (fetched(searchset()), ("empty", None, None), 0),
        (fetched(FIRST, failure="timed out"), ("incomplete", None, "timed out"), 1),
        (fetched(failure="HTTP 403"), ("failed", OUTCOME, "HTTP 403"), 0),
        (fetched(failure="token expired", asked=False), ("failed", OUTCOME, "token expired"), 0),
        (fetched(ERROR), ("failed", OUTCOME, None), 0),
    ],
)
def test_what_was_fetched_stands_in_place_of_a_failed_look_up(
    reader: Reader,
    service: Service,
    sent: object,
    got: Fetched,
    expected: tuple[str, str | None, str | None],
    facts: int,
) -> None:
    read = chart(reader, service, got, symptoms=sent)
    assert told(read.answers["symptoms"]) == expected
    assert len(read.facts) == facts


@pytest.mark.parametrize(("second", "index"), [(condition(), True), (PRACTITIONER, False)])
def test_pages_of_a_key_of_the_clients_own_tell_together_what_they_hold(
    reader: Reader, service: Service, second: Resource, index: bool
) -> None:
    got = Fetched((raw(searchset(second)),), further=True)
    sent = searchset(PRACTITIONER, link=NEXT)
    read = reader.read(call(prefetch={"OWN": sent}, fetched={"OWN": got}), service, NOW)
    assert told(read.answers["OWN"]) == ("answered", None, None)
    assert read.answers["OWN"].index is index
    assert bool(read.facts) is index


def test_one_resource_on_two_pages_counts_once(reader: Reader, service: Service) -> None:
    read = chart(reader, service, fetched(FIRST, FIRST, searchset(observation(id="o0"))))
    assert len(read.facts) == 1


def test_of_two_versions_on_two_pages_the_newer_one_counts(
    reader: Reader, service: Service
) -> None:
    old = observation(id="o0", meta={"versionId": "1"}, valueBoolean=True)
    new = observation(id="o0", meta={"versionId": "2"}, valueBoolean=False)
    for pages in ((old, new), (new, old)):
        (fact,) = chart(reader, service, fetched(*map(searchset, pages))).facts
        assert fact.state.value == "absent"


def test_records_of_others_on_a_page_change_nothing(reader: Reader, service: Service) -> None:
    others = searchset(observation(id="o9", subject={"reference": "Patient/p2"}))
    read = chart(reader, service, fetched(NOTHING_YET, others))
    assert told(read.answers["symptoms"]) == ("empty", None, None)
    assert read.of_others == 1
