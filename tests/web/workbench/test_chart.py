"""The chart in brief: what was read, where its numbers stand, and what could not be read."""

import json
from typing import Any

import httpx
import pytest

from orbicularis.api.sample import sample
from orbicularis.web.workbench.chart_brief import MOST_LINES, MOST_PLACES
from orbicularis.web.workbench.number_places import places
from tests.support.html import Page

LOOK = "/workbench/look"
NOW = {"now": "2026-11-20T12:00:00Z"}


def _request(**changes: Any) -> dict[str, Any]:
    request = sample("hypoparathyroidism.request")
    request["prefetch"] |= changes
    return request


def _look(client: httpx.Client, **changes: Any) -> Page:
    answer = client.post(LOOK, params=NOW, json=_request(**changes))
    assert answer.status_code == 200, answer.text
    page = Page("<!DOCTYPE html>\n" + answer.text)
    page.text = " ".join(page.text.split())
    return page


def _bundle(*resources: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources], **more}


def _calcium(number: int = 1, **changes: Any) -> dict[str, Any]:
    calcium = {
        "resourceType": "Observation",
        "id": f"calcium-{number}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}], "text": "Calcium"},
        "subject": {"reference": "Patient/demo-hypoparathyroidism"},
        "effectiveDateTime": "2026-11-20T08:00:00Z",
        "valueQuantity": {"value": 7.9, "unit": "mg/dL"},
    }
    return calcium | changes


def test_person_kinds_dates_and_sources_are_told(client: httpx.Client) -> None:
    text = _look(client).text
    assert "47 years, female" in text
    for title in ("Symptoms and signs", "Results", "Procedures", "Not read"):
        assert title in text
    assert "2026-11-20 · Observation/calcium" in text
    assert "shows Low calcium" in text
    assert "rules out Low magnesium" in text


def test_what_could_not_be_read_is_told_with_the_reason(client: httpx.Client) -> None:
    failed = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "timeout", "diagnostics": "secret"}],
    }
    stranger = _calcium(2, subject={"reference": "Patient/somebody-else"})
    broken = _calcium(3, component=1)
    page = _look(
        client,
        procedures=failed,
        medications=None,
        laboratory=_bundle(stranger, broken),
        orders=_bundle(link=[{"relation": "next", "url": "https://ehr.example.org/2"}]),
    )
    for said in (
        "procedures: could not be read (OperationOutcome (error timeout))",
        "medicines: none returned, which does not mean that there is none",
        "orders: not all of it was sent",
        "vital signs: not sent",
        "1 record(s) of another patient, ignored",
        "Observation/calcium-3:",
    ):
        assert said in page.text
    assert "secret" not in page.text


def test_doubts_stand_beside_the_record(client: httpx.Client) -> None:
    early = _calcium(1, status="preliminary")
    bound = _calcium(2, valueQuantity={"value": 5, "comparator": "<", "unit": "mg/dL"})
    later = _calcium(3, effectiveDateTime="2027-01-01T00:00:00Z")
    denied = {**_calcium(4), "code": {"text": "Tetany"}, "valueBoolean": False}
    del denied["valueQuantity"]
    page = _look(client, laboratory=_bundle(early, bound, later), symptoms=_bundle(denied))
    for said in ("preliminary", "dated in the future", "said to be absent"):
        assert said in page.text
    assert "<" in page.text


def test_a_value_that_cannot_be_changed_is_text(client: httpx.Client) -> None:
    nameless = _calcium()
    del nameless["id"]
    numbers = [
        given for tag, given in _look(client, laboratory=_bundle(nameless)).tags if tag == "input"
    ]
    assert numbers == []


def test_of_very_many_records_the_newest_are_shown(client: httpx.Client) -> None:
    many = [_calcium(number) for number in range(MOST_LINES + 20)]
    page = _look(client, laboratory=_bundle(*many))
    numbers = [given for tag, given in page.tags if tag == "input"]
    assert len(numbers) == MOST_LINES
    assert "and 20 more" in page.text


def test_numbers_are_found_in_resources_bundles_and_components() -> None:
    pressure = {
        "resourceType": "Observation",
        "id": "bp",
        "component": [
            {"valueQuantity": {"value": 120}},
            {"valueString": "x"},
            {"valueQuantity": {"value": 80}},
        ],
    }
    request = {"prefetch": {"vital-signs": _bundle(pressure), "one": _calcium(), "none": None}}
    at = ("prefetch", "vital-signs", "entry", 0, "resource", "component")
    assert places(request) == {
        ("Observation/bp", 120.0): [(*at, 0, "valueQuantity", "value")],
        ("Observation/bp", 80.0): [(*at, 2, "valueQuantity", "value")],
        ("Observation/calcium-1", 7.9): [("prefetch", "one", "valueQuantity", "value")],
    }


def test_every_place_leads_to_its_number(client: httpx.Client) -> None:
    request = _request()
    inputs = [given for tag, given in _look(client).tags if tag == "input"]
    assert len(inputs) == 5
    for given in inputs:
        for path in json.loads(str(given["data-places"])):
            value: Any = request
            for step in path:
                value = value[step]
            assert value == float(str(given["value"]))


@pytest.mark.parametrize(
    "odd", ["\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\a", "\x1b"]
)
def test_what_cannot_be_seen_is_not_shown(client: httpx.Client, odd: str) -> None:
    text = f"Calcium{odd}fake"
    calcium = _calcium(
        code={"coding": [{"system": "http://loinc.org", "code": "17861-6"}], "text": text},
        valueQuantity={"value": 7.9, "unit": f"mg/dL{odd}"},
    )
    failed = {"resourceType": "OperationOutcome", "issue": [{"code": f"lost{odd}"}]}
    key = f"key{odd}"
    request = _request(laboratory=_bundle(calcium), **{key: failed})
    request["prefetch"][f"lab{odd}"] = request["prefetch"].pop("laboratory")
    answer = client.post(LOOK, params=NOW, json=request)
    assert answer.status_code == 200
    assert "Calcium fake" in answer.text
    cards = answer.text.partition('id="cards"')[2].partition('id="why"')[0]
    assert odd not in answer.text.replace(cards, "")
    (given,) = (
        given
        for tag, given in Page("<!DOCTYPE html>\n" + answer.text).tags
        if tag == "input" and "Calcium" in str(given["aria-label"])
    )
    ((_, found, *_),) = json.loads(str(given["data-places"]))
    assert found == f"lab{odd}"


@pytest.mark.parametrize("number", [MOST_PLACES, MOST_PLACES + 1])
def test_a_number_in_very_many_places_is_only_shown(client: httpx.Client, number: int) -> None:
    page = _look(client, laboratory=_bundle(*[_calcium()] * number))
    inputs = [given for tag, given in page.tags if tag == "input"]
    changed = [len(json.loads(str(given["data-places"]))) for given in inputs]
    assert set(changed) == ({number} if number <= MOST_PLACES else set())
    assert "7.9" in str(inputs) + page.text


def test_a_number_beyond_all_measure_is_answered(client: httpx.Client) -> None:
    sent = json.dumps(_request(laboratory=_bundle(_calcium())))
    huge = sent.replace('"value": 7.9', '"value": 1' + "0" * 400)
    assert huge != sent
    assert client.post(LOOK, params=NOW, content=huge).status_code == 200


def test_misshapen_requests_hold_no_numbers() -> None:
    several: tuple[dict[str, Any], ...] = (
        {},
        {"prefetch": []},
        {"prefetch": {"a": 1, "b": {"entry": [1, {"resource": 2}]}}},
        {"prefetch": {"a": {"valueQuantity": {"value": True}, "component": [1]}}},
        {"prefetch": {"a": {"valueQuantity": {"value": 10**400}}}},
    )
    for odd in several:
        assert places(odd) == {}
