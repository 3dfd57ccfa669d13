"""What may change around the facts without changing them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orbicularis.facts.chart import Chart
from orbicularis.fhir.reader import Reader
from tests.fhir.chart import NOW, Resource, call, concept, condition, observation, searchset
from tests.fhir.small_bundle import small_bundle

BUNDLE = small_bundle()
SERVICE = BUNDLE.services["twitching-service"]
READER = Reader(BUNDLE)

_IDS = st.sampled_from(["1", "2", "3", None])
_META = st.sampled_from([None, {"versionId": "1"}, {"versionId": "2"}])


def _named(made: Resource, identifier: str | None, meta: Any) -> Resource:
    made = {key: value for key, value in made.items() if key != "id"}
    if meta is not None:
        made["meta"] = meta
    return made if identifier is None else {**made, "id": identifier}


@st.composite
def charts(draw: st.DrawFn) -> list[Resource]:
    """Charts in which ids collide, parts refer to each other and some are of no use."""
    codes = st.sampled_from(["twitching", "weakness", "unasked", "omeprazole"])
    texts = st.sampled_from([None, "Lip twitching", "no facial weakness", "fever"])
    codings = st.builds(concept, codes, texts)
    some: list[Resource] = []
    for _ in range(draw(st.integers(0, 6))):
        code, identifier, meta = draw(codings), draw(_IDS), draw(_META)
        made = draw(
            st.sampled_from(
                [
                    observation(code=code, valueBoolean=True),
                    observation(code=code, valueBoolean=False),
                    observation(code=code, hasMember=[{"reference": "Observation/1"}]),
                    {"resourceType": "Observation", "status": "final", "code": code},
                    condition(code=code),
                    {"resourceType": "Medication", "code": code},
                    {
                        "resourceType": "MedicationRequest",
                        "status": "active",
                        "medicationReference": {"reference": "Medication/1"},
                    },
                ]
            )
        )
        some.append(_named(made, identifier, meta))
    return some


def _read(*bundles: list[Resource]) -> Chart:
    prefetch = {f"key-{number}": searchset(*one) for number, one in enumerate(bundles)}
    return READER.read(call(prefetch=prefetch), SERVICE, NOW)


@given(charts(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(some: list[Resource], random: Any) -> None:
    expected = _read(some)
    shuffled = random.sample(some, len(some))
    for again in (_read(shuffled), _read(some + shuffled), _read(shuffled, some)):
        assert set(again.facts) == set(expected.facts)
        assert len(again.facts) == len(expected.facts)
        assert again.skipped == expected.skipped
        assert again.person == expected.person


@given(charts(), charts())
def test_another_patients_records_change_nothing(
    some: list[Resource], others: list[Resource]
) -> None:
    foreign = [
        {**made, "subject": {"reference": "Patient/p2"}, "id": f"other-{number}"}
        for number, made in enumerate(others)
        if made["resourceType"] != "Medication"
    ]
    foreign.append({"resourceType": "Patient", "id": "p2", "birthDate": "1900-01-01"})
    expected, mixed = _read(some), _read([*foreign, *some, *foreign])
    assert set(mixed.facts) == set(expected.facts)
    assert mixed.skipped == expected.skipped
    assert mixed.answers == expected.answers
    assert mixed.of_others == len(foreign)


@given(charts())
def test_records_of_no_use_change_nothing(some: list[Resource]) -> None:
    useless = [observation("unasked", "Body weight", id=f"u{number}") for number in range(3)]
    assert set(_read([*useless, *some, *useless]).facts) == set(_read(some).facts)


@given(charts())
def test_several_readings_do_not_depend_on_each_other(some: list[Resource]) -> None:
    expected = _read(some)
    Reader(BUNDLE)
    assert _read(some).facts == expected.facts
