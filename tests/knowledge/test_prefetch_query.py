"""Codes appended to a prefetch template."""

from orbicularis.knowledge.load import load
from orbicularis.knowledge.prefetch_query import codes_of, query_of
from tests.knowledge.builder import SMALL

BUNDLE = load(SMALL)
TEMPLATES = BUNDLE.services["cramps"].prefetch


def test_codes_are_bare_and_joined_by_commas() -> None:
    query = query_of(TEMPLATES["laboratory"], BUNDLE.measurements, BUNDLE.concepts)

    assert query == (
        "Observation?patient={{context.patientId}}&_sort=-date&code=17861-6,2000-8,1751-7"
    )


def test_a_code_stands_once() -> None:
    twice = TEMPLATES["laboratory"].model_copy(update={"codes_of": ("albumin", "albumin")})

    assert codes_of(twice, BUNDLE.measurements, BUNDLE.concepts) == ("1751-7",)


def test_a_template_without_measurements_stays_as_it_is() -> None:
    query = query_of(TEMPLATES["patient"], BUNDLE.measurements, BUNDLE.concepts)

    assert query == "Patient/{{context.patientId}}"
