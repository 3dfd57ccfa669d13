"""From the FHIR server to the answer: what a clinician, a trace and a client are told."""

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from orbicularis.api.fhir_access.caller import Caller
from orbicularis.api.missing import data_missing
from orbicularis.cards.card import Card
from orbicularis.engine.engine import DataMissing
from orbicularis.engine.trace import trace
from orbicularis.facts.call import Call
from tests.api.fhir_access.calls import (
    ENGINE,
    ERROR,
    LABORATORY,
    PATIENT,
    PERSON,
    SERVICE,
    SYMPTOMS,
    Resource,
    asked,
    authorization,
    completed,
    failures,
    observation,
    page,
)
from tests.api.fhir_access.fhir_server import FhirServer, json_response
from tests.support.charts import NOW

TWITCHING = page(observation())
SECOND = "Observation?page=2"


def told(call: Call) -> tuple[tuple[Card, ...], dict[str, dict[str, str]]]:
    """The cards, and what the trace says of each source."""
    answer = ENGINE.answer(SERVICE.id, call, NOW)
    sources = trace(answer.assessment)["chart"]["sources"]
    return answer.cards, {source.pop("key"): source for source in sources}


def refused(call: Call) -> list[str | None]:
    """What a 412 says."""
    with pytest.raises(DataMissing) as missing:
        ENGINE.answer(SERVICE.id, call, NOW)
    refusal = data_missing(missing.value, SERVICE.prefetch)
    assert refusal.status == 412
    return [issue.diagnostics for issue in refusal.issues]


@pytest.mark.requirement("cds-hooks_2.0#34", "cds-hooks_2.0#60")
def test_what_was_fetched_answers_as_if_it_had_been_sent(ehr: FhirServer) -> None:
    ehr.answers = {SYMPTOMS: TWITCHING, LABORATORY: page(), PATIENT: PERSON}
    prefetch = {"symptoms": TWITCHING, "laboratory": page(), "patient": PERSON}
    fetched, sent = told(completed(asked(ehr.base))), told(asked(None, prefetch).call)
    assert fetched == sent
    cards, sources = fetched
    assert [card.summary for card in cards] == ["Twitching: Spasm (well supported)"]
    assert sources["laboratory"] == {"answer": "empty"}
    assert sources["symptoms"] == {"answer": "answered"}


def not_fetched(words: str) -> str:
    return (
        f"prefetch.symptoms: it was not sent, and could not be fetched ({words}). "
        "At least one of the sources named here is needed."
    )


BAD = [
    (json_response(ERROR, status_code=401), "HTTP 401"),
    (json_response(ERROR, status_code=403), "HTTP 403"),
    (json_response(ERROR, status_code=404), "HTTP 404"),
    (json_response(ERROR, status_code=500), "HTTP 500"),
    (RedirectResponse("http://127.0.0.1:1/fhir"), "redirected"),
    (Response("<html></html>", media_type="text/html"), "not JSON"),
    (Response(b'{"resourceType": "Bundle", "entry": ['), "not JSON"),
    (Response(b"[]"), "not a resource"),
    (ERROR, "OperationOutcome (error exception)"),
    (page(ERROR), "OperationOutcome (error exception)"),
    ({"resourceType": "Bundle", "entry": [5]}, "nothing in it can be read"),
]


@pytest.mark.parametrize(("answer", "words"), BAD)
def test_an_optional_source_that_fails_is_told_beside_the_cards(
    ehr: FhirServer, answer: Any, words: str
) -> None:
    ehr.answers = {SYMPTOMS: TWITCHING, LABORATORY: answer, PATIENT: PERSON}
    cards, sources = told(completed(asked(ehr.base)))
    assert [card.summary for card in cards] == ["Twitching: Spasm (well supported)"]
    assert "results: failed" in cards[0].detail
    assert sources["laboratory"] == {"answer": "failed", "not_fetched": words}
    assert sources["patient"] == sources["symptoms"] == {"answer": "answered"}


@pytest.mark.requirement("cds-hooks_2.0#54")
@pytest.mark.parametrize(("answer", "words"), BAD)
def test_a_required_source_that_fails_is_a_412_with_key_and_cause(
    ehr: FhirServer, answer: Any, words: str
) -> None:
    ehr.answers = {SYMPTOMS: answer, LABORATORY: page(), PATIENT: PERSON}
    assert refused(completed(asked(ehr.base))) == [not_fetched(words)]


def test_a_required_source_that_is_too_slow_is_a_412(late_ehr: FhirServer) -> None:
    late_ehr.answers = {SYMPTOMS: late_ehr.hang, LABORATORY: page(), PATIENT: PERSON}
    call = completed(asked(late_ehr.base), fhir_timeout_s=0.3)
    assert refused(call) == [not_fetched("timed out")]


def test_a_look_up_that_failed_here_and_there_tells_both_causes(ehr: FhirServer) -> None:
    ehr.answers = {SECOND: json_response(ERROR, status_code=403)}
    first = page(ERROR) | {"link": [{"relation": "next", "url": f"{ehr.base}/{SECOND}"}]}
    prefetch = {"symptoms": first, "laboratory": None, "patient": PERSON}
    (words,) = refused(completed(asked(ehr.base, prefetch)))
    assert words == (
        "prefetch.symptoms: it could not be read (OperationOutcome (error exception)), and could "
        "not be fetched (HTTP 403). At least one of the sources named here is needed."
    )


def test_what_the_client_could_not_look_up_is_not_looked_up_again(ehr: FhirServer) -> None:
    prefetch = {"symptoms": ERROR, "laboratory": None, "patient": PERSON}
    (words,) = refused(completed(asked(ehr.base, prefetch)))
    assert words == (
        "prefetch.symptoms: it could not be read (OperationOutcome (error exception)). At least "
        "one of the sources named here is needed."
    )
    assert ehr.requests == []


@pytest.mark.parametrize(
    ("settings", "shown", "words"),
    [
        ({"profile": "production"}, {}, "server not allowed"),
        ({}, {"expires_in": 0}, "token expired"),
    ],
)
def test_a_server_that_is_not_asked_is_a_412_with_the_reason(
    ehr: FhirServer, settings: dict[str, Any], shown: dict[str, Any], words: str
) -> None:
    call = completed(asked(ehr.base, {}, authorization(**shown)), **settings)
    assert refused(call) == [not_fetched(words)]
    assert ehr.requests == []


def test_in_production_a_server_is_asked_when_it_is_listed(ehr: FhirServer) -> None:
    ehr.answers = {SYMPTOMS: TWITCHING, LABORATORY: page(), PATIENT: PERSON}
    settings: dict[str, Any] = {"profile": "production", "allowed_fhir_servers": (ehr.base,)}
    cards, _ = told(completed(asked(ehr.base, {}, authorization()), **settings))
    assert len(cards) == 1


@pytest.mark.requirement("cds-hooks_2.0#61")
def test_in_production_nothing_is_asked_without_a_token(ehr: FhirServer) -> None:
    settings: dict[str, Any] = {"profile": "production", "allowed_fhir_servers": (ehr.base,)}
    assert refused(completed(asked(ehr.base), **settings)) == [not_fetched("no access token")]
    assert ehr.requests == []


def test_what_is_too_long_elsewhere_does_not_cost_what_has_to_be_known(ehr: FhirServer) -> None:
    async def late(request: Request) -> Response:
        await asyncio.sleep(0.2)
        return json_response(TWITCHING)

    endless = Response(b" " * 50_000, headers={"transfer-encoding": "chunked"})
    ehr.answers = {SYMPTOMS: late, LABORATORY: endless, PATIENT: PERSON}
    cards, sources = told(completed(asked(ehr.base), fhir_max_bytes=20_000))
    assert [card.summary for card in cards] == ["Twitching: Spasm (well supported)"]
    assert sources["laboratory"] == {"answer": "failed", "not_fetched": "too long"}


@pytest.mark.parametrize(
    ("origin", "reached"),
    [
        (None, True),
        ("http://localhost:3000", True),
        ("https://sandbox.cds-hooks.org", False),
        ("null", False),
    ],
)
def test_a_page_from_elsewhere_reaches_no_server_on_this_machine(
    ehr: FhirServer, origin: str | None, reached: bool
) -> None:
    ehr.answers = {SYMPTOMS: TWITCHING, LABORATORY: page(), PATIENT: PERSON}
    call = completed(asked(ehr.base), caller=Caller("r1", origin))
    assert bool(ehr.requests) is reached
    assert (
        failures(call) == {} if reached else set(failures(call).values()) == {"server not allowed"}
    )
    listed = completed(
        asked(ehr.base), caller=Caller("r1", origin), allowed_fhir_servers=(ehr.base,)
    )
    assert failures(listed) == {}


def test_what_was_not_sent_and_not_asked_for_stays_not_sent(ehr: FhirServer) -> None:
    call = completed(asked(ehr.base, {"symptoms": TWITCHING}), profile="production")
    cards, sources = told(call)
    assert "patient, results: not sent" in cards[0].detail
    expected = {"answer": "not-provided", "not_fetched": "server not allowed"}
    assert sources["laboratory"] == sources["patient"] == expected


def test_a_failed_required_source_does_not_hide_what_others_tell(ehr: FhirServer) -> None:
    ehr.answers = {LABORATORY: TWITCHING}
    cards, sources = told(completed(asked(ehr.base)))
    assert [card.summary for card in cards] == ["Twitching: Spasm (well supported)"]
    assert sources["symptoms"] == {"answer": "failed", "not_fetched": "HTTP 404"}


def test_an_empty_search_is_an_answer_and_a_404_is_none(ehr: FhirServer) -> None:
    ehr.answers = {SYMPTOMS: page(), LABORATORY: page()}
    cards, sources = told(completed(asked(ehr.base)))
    assert cards == ()
    assert sources["symptoms"] == {"answer": "empty"}
    assert sources["patient"] == {"answer": "failed", "not_fetched": "HTTP 404"}


@pytest.mark.parametrize("sent", [False, True], ids=["fetched", "prefetched"])
def test_findings_on_a_further_page_count(ehr: FhirServer, sent: bool) -> None:
    first = page(observation("x", "unasked"), then=SECOND)
    ehr.answers = {SYMPTOMS: first, SECOND: TWITCHING, LABORATORY: page(), PATIENT: PERSON}
    cards, sources = told(completed(asked(ehr.base, {"symptoms": first} if sent else {})))
    assert len(cards) == 1
    assert sources["symptoms"] == {"answer": "answered"}


PARTIAL = [
    (json_response(ERROR, status_code=403), {"not_fetched": "HTTP 403"}),
    (page(then="http://127.0.0.1:1/elsewhere"), {"not_fetched": "next page is elsewhere"}),
    (page(then=SECOND), {"not_fetched": "pages repeat"}),
    (ERROR, {"detail": "OperationOutcome (error exception)"}),
    (page(ERROR), {"detail": "OperationOutcome (error exception)"}),
]


@pytest.mark.parametrize(("answer", "why"), PARTIAL)
def test_pages_that_were_not_seen_are_told(
    ehr: FhirServer, answer: Any, why: dict[str, str]
) -> None:
    first = page(observation(), then=SECOND)
    ehr.answers = {SYMPTOMS: first, SECOND: answer, LABORATORY: page(), PATIENT: PERSON}
    cards, sources = told(completed(asked(ehr.base)))
    assert "symptoms: incomplete" in cards[0].detail
    cause = next(iter(why.values()))
    assert sources["symptoms"] == {"answer": "incomplete", "not_fetched": cause}
    cards, sources = told(completed(asked(ehr.base, {"symptoms": first})))
    assert "symptoms: incomplete" in cards[0].detail
    assert sources["symptoms"] == {"answer": "incomplete", **why}


def test_pages_without_the_finding_and_one_that_fails_are_not_taken_for_normal(
    ehr: FhirServer,
) -> None:
    ehr.answers = {SYMPTOMS: page(then=SECOND), LABORATORY: page(), PATIENT: PERSON}
    (card,), sources = told(completed(asked(ehr.base)))
    assert card.summary == "Not all could be read"
    assert sources["symptoms"] == {"answer": "incomplete", "not_fetched": "HTTP 404"}


def test_a_resource_on_two_pages_counts_once(ehr: FhirServer) -> None:
    twice: dict[str, Resource] = {SYMPTOMS: page(observation(), then=SECOND), SECOND: TWITCHING}
    ehr.answers = {**twice, LABORATORY: TWITCHING, PATIENT: PERSON}
    answer = ENGINE.answer(SERVICE.id, completed(asked(ehr.base)), NOW)
    assert len(answer.assessment.chart.facts) == 1


def test_nothing_of_what_servers_say_is_told_but_codes(ehr: FhirServer) -> None:
    for answer in (ERROR, page(ERROR), json_response(ERROR, status_code=403)):
        ehr.answers = {SYMPTOMS: TWITCHING, LABORATORY: answer}
        cards, sources = told(completed(asked(ehr.base, {}, authorization())))
        said = json.dumps(sources) + "".join(card.detail or "" for card in cards)
        for secret in ("Jane", "opaque-token", ehr.origin):
            assert secret not in said
