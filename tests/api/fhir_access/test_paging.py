"""Pages: those of a query, and those that a prefetched Bundle announces."""

from typing import Any

import pytest

from tests.api.fhir_access.calls import (
    ERROR,
    SYMPTOMS,
    Resource,
    asked,
    completed,
    failures,
    kept,
    observation,
    page,
)
from tests.api.fhir_access.fhir_server import FhirServer, json_response

OTHERS = {"patient": None, "laboratory": None}
SECOND = "Observation?page=2"


def fetched(server: FhirServer, **prefetch: Resource) -> tuple[list[Resource], str | None]:
    """The pages of ``symptoms``, and what was wrong with them."""
    call = completed(asked(server.base, OTHERS | prefetch))
    assert list(call.fetched) == ["symptoms"]
    assert call.fetched["symptoms"].further is ("symptoms" in prefetch)
    return kept(call)["symptoms"], failures(call).get("symptoms")


@pytest.mark.parametrize("link", ["{base}/{second}", "{second}", "/fhir/{second}"])
def test_pages_are_followed_to_the_end(ehr: FhirServer, link: str) -> None:
    first = page(observation("o1"), then=link.format(base=ehr.base, second=SECOND))
    second = page(observation("o2"), then=f"{ehr.base}?_getpages=3")
    ehr.answers = {SYMPTOMS: first, SECOND: second, "/fhir?_getpages=3": page(observation("o3"))}
    assert fetched(ehr) == ([first, second, page(observation("o3"))], None)


@pytest.mark.requirement("cds-hooks_3.0#pagination")
def test_the_pages_of_a_prefetched_bundle_are_fetched(ehr: FhirServer) -> None:
    ehr.answers = {SECOND: page(observation("o2"))}
    sent = page(observation("o1"), then=f"{ehr.base}/{SECOND}")
    assert fetched(ehr, symptoms=sent) == ([page(observation("o2"))], None)
    assert ehr.asked_for == [SECOND]


def test_so_are_those_of_a_key_of_the_clients_own(ehr: FhirServer) -> None:
    ehr.answers = {SECOND: page(observation("o2"))}
    prefetch = {**OTHERS, "symptoms": None, "OWN": page(then=SECOND)}
    call = completed(asked(ehr.base, prefetch))
    assert kept(call) == {"OWN": [page(observation("o2"))]}


@pytest.mark.parametrize(("settings", "most"), [({}, 32), ({"fhir_max_queries": 3}, 3)])
def test_keys_of_the_clients_own_are_fetched_up_to_a_number(
    ehr: FhirServer, settings: dict[str, Any], most: int
) -> None:
    prefetch = OTHERS | {f"own{number}": page(then=SECOND) for number in range(100)}
    ehr.answers = {SYMPTOMS: page(), SECOND: page()}
    call = completed(asked(ehr.base, prefetch), **settings)
    assert len(ehr.requests) == most
    # What a service needs goes before what a client adds.
    assert call.fetched["symptoms"].failure is None
    assert sum(one.failure is None for one in call.fetched.values()) == most
    assert set(failures(call).values()) == {"more queries than are fetched"}


@pytest.mark.parametrize(
    "link",
    [
        "{attacker}/fhir/{second}",
        "{origin}/admin/{second}",
        "{origin}/fhirx",
        "{origin}",
        "/admin",
        "//{attacker_host}/fhir/{second}",
        "{base}/../admin",
        "{base}/%2e%2e/admin",
        "{base}/..;/admin",
        "..\\admin",
        "../admin",
        "{scheme_swapped}/{second}",
        "http://user@{host}/fhir/{second}",
        "http://{host}@{attacker_host}/fhir",
        "http:{host}/fhir",
        "{base}/Observation?a=\nb",
        "{base}/Observation?a=b#c",
        "{base}/Observation?a=\\b",
        "{base}/Observation?a=\u00e4",
        "?page=2",
        "",
    ],
)
def test_a_page_elsewhere_is_not_followed(ehr: FhirServer, attacker: FhirServer, link: str) -> None:
    host, attacker_host = (one.origin.removeprefix("http://") for one in (ehr, attacker))
    url = link.format(
        attacker=attacker.origin,
        attacker_host=attacker_host,
        origin=ehr.origin,
        host=host,
        base=ehr.base,
        scheme_swapped=ehr.base.replace("http:", "https:"),
        second=SECOND,
    )
    first = page(observation(), then=url)
    ehr.answers = {SYMPTOMS: first}
    assert fetched(ehr) == ([first], "next page is elsewhere")
    assert fetched(ehr, symptoms=first) == ([], "next page is elsewhere")
    assert ehr.asked_for == [SYMPTOMS]


@pytest.mark.parametrize("link", [SYMPTOMS, SECOND])
def test_pages_in_a_circle_come_to_an_end(ehr: FhirServer, link: str) -> None:
    first, second = page(observation(), then=SECOND), page(then=link)
    ehr.answers = {SYMPTOMS: first, SECOND: second}
    assert fetched(ehr) == ([first, second], "pages repeat")


def test_no_more_pages_are_fetched_than_is_set(ehr: FhirServer) -> None:
    ehr.answers = {
        SYMPTOMS: page(then="Observation?page=1"),
        **{f"Observation?page={n}": page(then=f"Observation?page={n + 1}") for n in range(1, 9)},
    }
    call = completed(asked(ehr.base, OTHERS), fhir_max_pages=3)
    assert len(call.fetched["symptoms"].pages) == 3
    assert failures(call) == {"symptoms": "more pages than are fetched"}
    assert len(ehr.requests) == 3


def test_exactly_as_many_pages_as_are_set_are_complete(ehr: FhirServer) -> None:
    ehr.answers = {SYMPTOMS: page(then=SECOND), SECOND: page()}
    call = completed(asked(ehr.base, OTHERS), fhir_max_pages=2)
    assert failures(call) == {}


def test_pages_before_one_that_fails_are_kept(ehr: FhirServer) -> None:
    first = page(observation(), then=SECOND)
    ehr.answers = {SYMPTOMS: first, SECOND: json_response(ERROR, status_code=500)}
    assert fetched(ehr) == ([first], "HTTP 500")


@pytest.mark.parametrize(
    "links",
    [
        "odd",
        {"relation": "next"},
        [5],
        [{"relation": 7, "url": "Observation?page=2"}],
        [{"relation": "self", "url": "next"}],
        None,
    ],
)
def test_links_that_lead_nowhere_are_no_pages(ehr: FhirServer, links: object) -> None:
    first = {**page(observation()), "link": links}
    ehr.answers = {SYMPTOMS: first}
    assert fetched(ehr) == ([first], None)
    assert ehr.asked_for == [SYMPTOMS]
