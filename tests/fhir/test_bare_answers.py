"""Coded answers without words: a code that no rule knows says neither yes nor no."""

import pytest

from orbicularis.facts.fact import State
from tests.fhir.chart import concept, observation
from tests.fhir.conftest import ReadOne

LOCAL = {"coding": [{"system": "urn:local", "code": "LA32-8"}]}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (LOCAL, State.UNKNOWN),
        (LOCAL | {"text": "upper lip"}, State.PRESENT),
        (concept("present"), State.PRESENT),
        (concept("absent"), State.ABSENT),
        (concept("weakness"), State.PRESENT),
    ],
)
def test_a_bare_code_decides_only_when_it_is_known(
    read_one: ReadOne, answer: dict[str, object], state: State
) -> None:
    assert read_one(observation(valueCodeableConcept=answer)).state is state
    named = read_one(observation(None, "Lip twitching", valueCodeableConcept=answer))
    assert {one.state for one in named.mentions if one.finding == "twitching"} == {state}
