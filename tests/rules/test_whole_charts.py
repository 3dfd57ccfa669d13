"""Charts put together from the vignettes' records, through the whole engine."""

from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.authoring.patient_resources import PATIENT_ID, Resource, ResourceMaker
from orbicularis.authoring.vignettes import NOW
from orbicularis.cards.differential import EXTENSION
from orbicularis.engine.engine import Answer, Engine
from orbicularis.engine.trace import trace
from orbicularis.facts.call import Call
from orbicularis.knowledge.load import load, vignettes
from tests.support.examples import untimed

RULES = Path(__file__).parents[2] / "rules"
ENGINE = Engine(load(RULES))
MAKER = ResourceMaker(ENGINE.bundle, NOW)
RECORDS = [
    resource
    for _, group in sorted(vignettes(RULES)[0].items())
    for vignette in group.vignettes
    for resource in MAKER.resources(vignette.patient)
    if resource["resourceType"] != "Patient"
]


@st.composite
def charts(draw: st.DrawFn) -> list[Resource]:
    """A few records of anybody, renamed so that none stands for another."""
    some = draw(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=8))
    return [{**record, "id": f"r{number}"} for number, record in enumerate(some)]


def answer(records: list[Resource]) -> Answer:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": record} for record in records]}
    prefetch = {"symptoms": msgspec.Raw(msgspec.json.encode(bundle))}
    call = Call(hook="patient-view", hook_instance="x", patient_id=PATIENT_ID, prefetch=prefetch)
    return ENGINE.answer("facial-twitching", call, NOW)


@untimed(60)
@given(charts(), st.data())
def test_deleting_any_record_never_breaks_an_answer(
    records: list[Resource], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(records) - 1))
    for some in (records, records[:at] + records[at + 1 :]):
        assert len(answer(some).cards) <= 3


@untimed(60)
@given(charts())
def test_the_explanation_agrees_with_the_cards(records: list[Resource]) -> None:
    given_answer = answer(records)
    told = trace(given_answer.assessment)
    cards = msgspec.to_builtins(given_answer.cards)
    ranked = [
        cause["id"]
        for card in cards
        for cause in card.get("extension", {}).get(EXTENSION, {}).get("causes", ())
    ]
    assert ranked == [cause["id"] for cause in told["causes"] if cause["listed"]]
    proposed = [order["title"] for order in told["orders"] if order["state"] == "proposed"]
    assert len(proposed) == sum(len(card.get("suggestions", ())) for card in cards)
    fired = [flag["indicator"] for flag in told["red_flags"] if flag["fired"]]
    assert ("critical" in fired) is any(card["indicator"] == "critical" for card in cards)
