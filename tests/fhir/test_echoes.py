"""The display of a recognised code: the code tells what is meant, the display nothing more."""

from typing import Any

import pytest

from orbicularis.facts.fact import Fact
from tests.fhir.chart import RECENTLY, Resource, concept, condition, observation
from tests.fhir.conftest import Read, ReadOne
from tests.fhir.small_bundle import CODES


def coded(code: str, display: str, system: str = CODES, **more: Any) -> Resource:
    """Make a CodeableConcept of one coding."""
    return {"coding": [{"system": system, "code": code, "display": display}], **more}


RECOGNISED = coded("weakness", "Facial spasm")


def named(fact: Fact) -> set[str]:
    return {mention.finding for mention in fact.mentions}


ENCOUNTER = {"resourceType": "Encounter", "id": "e1", "period": {"start": RECENTLY}}
PROCEDURE = {"resourceType": "Procedure", "id": "p1", "status": "completed"}


@pytest.mark.parametrize(
    "resource",
    [
        observation(RECOGNISED),
        observation(RECOGNISED, valueBoolean=False),
        observation(concept(text="Complaint"), valueCodeableConcept=RECOGNISED),
        condition(RECOGNISED),
        ENCOUNTER | {"reasonCode": [RECOGNISED]},
        PROCEDURE | {"code": RECOGNISED},
    ],
)
def test_the_display_of_a_recognised_code_names_no_finding(
    read_one: ReadOne, resource: Resource
) -> None:
    fact = read_one(resource)
    assert fact.concepts | fact.answers == {"weakness"}
    assert named(fact) == set()
    assert "Facial spasm" in fact.label


@pytest.mark.parametrize(
    "code",
    [
        RECOGNISED | {"text": "Facial spasm since Monday"},
        {"coding": [*RECOGNISED["coding"], {"system": "urn:local", "display": "Lip twitches"}]},
        coded("L1", "Facial spasm", "urn:local"),
        coded("weakness", "Facial spasm", "urn:local"),
        coded("unasked", "Facial spasm"),
    ],
)
def test_text_and_displays_of_other_codes_do(read_one: ReadOne, code: Resource) -> None:
    assert named(read_one(observation(code))) == {"twitching"}


def test_a_display_still_names_the_site(read_one: ReadOne) -> None:
    fact = read_one(observation(coded("muscle-twitching", "Twitching of the lip")))
    assert named(fact) == set()
    assert fact.sites == {"face"}


@pytest.mark.parametrize(
    "more", [{"bodySite": {"text": "Upper lip"}}, {"valueString": "upper lip"}]
)
def test_a_display_is_read_together_with_a_site_or_an_answer(
    read_one: ReadOne, more: Resource
) -> None:
    assert named(read_one(observation(coded("muscle-twitching", "Twitching"), **more))) == {
        "twitching"
    }


def test_an_answer_that_names_it_itself_is_heard(read: Read) -> None:
    (fact,) = read(observation(RECOGNISED, valueString="facial spasm, left")).facts
    assert named(fact) == {"twitching"}


@pytest.mark.parametrize(
    "code",
    [
        coded("muscle-twitching", "Twitching (finding)"),
        coded("L1", "Twitching (disorder)", "urn:local"),
    ],
)
def test_a_semantic_tag_does_not_part_a_display_from_its_site(
    read_one: ReadOne, code: Resource
) -> None:
    site = {"coding": [{"display": "Lip structure (body structure)"}]}
    fact = read_one(observation(code, bodySite=site))
    assert named(fact) == {"twitching"}
    assert "(" not in fact.label


def test_other_brackets_stay(read_one: ReadOne) -> None:
    label = "Facial weakness (left)"
    assert read_one(observation(coded("weakness", label))).label == label
