"""Whole charts of every kind, through the engine with the real rules, as a client reads them."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.authoring.patient_resources import ENCOUNTER_ID, PATIENT_ID
from orbicularis.authoring.vignettes import NOW
from orbicularis.engine.engine import Answer, Engine
from orbicularis.engine.trace import trace
from orbicularis.facts.call import Call
from orbicularis.knowledge.load import load
from tests.fuzz import cards
from tests.support.elements import ODD, RULES
from tests.support.examples import untimed
from tests.support.patients import Resource, charts, persons, useless

ENGINE = Engine(load(RULES))
KEYS = ("conditions", "symptoms", "laboratory", "medications")


def searchset(records: list[Resource]) -> msgspec.Raw:
    entries = [{"resource": record} for record in records]
    return msgspec.Raw(msgspec.json.encode({"resourceType": "Bundle", "entry": entries}))


def answered(
    records: list[Resource], person: Resource | None = None, *, in_full: bool = False
) -> Answer:
    """The answer to a chart whose records are spread over several queries by their id."""
    prefetch: dict[str, Any] = {
        key: searchset([one for one in records if hash_of(one) % len(KEYS) == number])
        for number, key in enumerate(KEYS)
    }
    if person is not None:
        prefetch["patient"] = msgspec.Raw(msgspec.json.encode(person))
    call = Call(
        hook="patient-view",
        hook_instance="instance",
        patient_id=PATIENT_ID,
        encounter_id=ENCOUNTER_ID,
        prefetch=prefetch,
    )
    return ENGINE.answer("facial-twitching", call, NOW, in_full=in_full)


def hash_of(record: Resource) -> int:
    """A number that does not depend on where a record stands."""
    return sum(f"{record.get('id')}".encode())


def sent(answer: Answer) -> bytes:
    return msgspec.json.encode({"cards": answer.cards})


@untimed(40)
@given(charts(), persons)
def test_any_chart_gives_cards_that_keep_to_the_protocol(
    records: list[Resource], person: Resource
) -> None:
    answer = answered(records, person)
    cards.check(sent(answer), PATIENT_ID)
    told = msgspec.json.decode(msgspec.json.encode(trace(answer.assessment)))
    assert told["chart"]["resources"] >= len(records)


@untimed(30)
@given(charts(), st.data())
def test_order_and_repetition_change_nothing(records: list[Resource], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*records, *data.draw(st.permutations(records))]))
    assert sent(answered(again)) == sent(answered(records))


@untimed(30)
@given(charts(), useless(), st.data())
def test_irrelevant_records_change_nothing(
    records: list[Resource], others: list[Resource], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations([*records, *others]))
    assert sent(answered(mixed)) == sent(answered(records))


@untimed(30)
@given(charts(spoilt=False), st.sampled_from([odd for odd in ODD if isinstance(odd, dict) and odd]))
def test_an_unreadable_record_is_named_and_hides_no_other(
    records: list[Resource], odd: Resource
) -> None:
    broken = {
        "resourceType": "Observation",
        "id": "broken",
        "subject": {"reference": f"Patient/{PATIENT_ID}"},
        "code": {"text": "facial twitching"},
        "valueBoolean": odd,
    }
    whole = answered(records, in_full=True).assessment
    with_it = answered([broken, *records], in_full=True).assessment
    assert "Observation/broken" in {one.reference for one in with_it.chart.skipped}
    assert set(with_it.chart.skipped) - set(whole.chart.skipped) == {
        one for one in with_it.chart.skipped if one.reference == "Observation/broken"
    }
    assert set(with_it.chart.facts) == set(whole.chart.facts)


@untimed(60)
@given(charts(), persons)
def test_reading_no_further_than_needed_changes_no_card(
    records: list[Resource], person: Resource
) -> None:
    briefly, in_full = answered(records, person), answered(records, person, in_full=True)
    assert sent(briefly) == sent(in_full)
    assert briefly.assessment.findings == in_full.assessment.findings
