"""From a template to a URL: the patient's id is all that is filled in."""

import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.place import Place
from orbicularis.api.fhir_access.query import relative_url
from orbicularis.engine.engine import Engine
from orbicularis.engine.prefetch import templates

SEARCH = "Observation?patient={{context.patientId}}&category=exam"
READ = "Patient/{{context.patientId}}"


def test_the_patient_is_filled_in() -> None:
    assert relative_url(READ, "a-B.1") == "Patient/a-B.1"
    assert relative_url(SEARCH, "a-B.1") == "Observation?patient=a-B.1&category=exam"
    assert relative_url("metadata", "p1") == "metadata"


@pytest.mark.parametrize(
    "template", ["Patient/{{context.userId}}", "Patient/{{context.patientId}}/{{userPatientId}}"]
)
def test_a_template_that_needs_more_is_not_asked(template: str) -> None:
    with pytest.raises(Failed, match="query needs more than the patient id"):
        relative_url(template, "p1")


@given(st.text(max_size=70) | st.text("Aa0.-/%?&#;", max_size=5))
def test_whatever_the_id_is_it_stays_one_value_or_one_folder(patient_id: str) -> None:
    try:
        search, read = (relative_url(template, patient_id) for template in (SEARCH, READ))
    except Failed:
        return
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", patient_id)
    assert parse_qsl(search.partition("?")[2]) == [("patient", patient_id), ("category", "exam")]
    assert read.split("/") == ["Patient", patient_id]
    assert patient_id not in (".", "..")


def test_every_template_of_the_rules_can_be_asked(engine: Engine) -> None:
    (service,) = engine.bundle.services.values()
    queries = templates(service, engine.bundle)
    base = Place("https", "ehr.example.org", 443, "/fhir")
    places = {base.below(relative_url(template, "p1")) for template in queries.values()}
    assert len(places) == len(queries)
    assert all(place is not None and base.covers(place) for place in places)
