"""Problems that the hook problem-list-item-create carries."""

import pytest

from orbicularis.facts.fact import Progress, State
from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, concept, searchset


def bundle(*resources: Resource) -> Resource:
    """A Bundle without a type."""
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}


def problem(**more: object) -> Resource:
    """A new problem as the hook's definition shows it: its category is a text."""
    return {
        "resourceType": "Condition",
        "id": "c",
        "category": "problem-list-item",
        "code": concept("twitching"),
        "subject": {"reference": "Patient/p1"},
        **more,
    }


def verified(code: str) -> Resource:
    return {"verificationStatus": {"coding": [{"code": code}]}}


@pytest.mark.parametrize(
    ("more", "day"),
    [({}, "2026-06-15"), ({"onsetDateTime": "2018-10-15"}, "2026-06-15"),
     ({"recordedDate": "2026-06-10"}, "2026-06-10")],
)  # fmt: skip
def test_a_new_problem_is_present_and_of_now(
    reader: Reader, service: Service, more: Resource, day: str
) -> None:
    (fact,) = reader.read(call(problems=bundle(problem(**more))), service, NOW).facts
    assert (fact.state, fact.progress) == (State.PRESENT, Progress.ACTIVE)
    assert f"{fact.at:%Y-%m-%d}" == day
    assert fact.future is False
    assert (f"{fact.began:%Y}" if fact.began else None) == (
        "2018" if "onsetDateTime" in more else None
    )


def test_a_refuted_new_problem_is_absent(reader: Reader, service: Service) -> None:
    made = call(problems=bundle(problem(**verified("refuted"))))
    assert [fact.state for fact in reader.read(made, service, NOW).facts] == [State.ABSENT]


def test_a_new_problem_entered_in_error_is_none(reader: Reader, service: Service) -> None:
    made = call(problems=bundle(problem(**verified("entered-in-error"))))
    assert reader.read(made, service, NOW).facts == ()


def test_a_new_problem_replaces_what_the_chart_has_of_it(reader: Reader, service: Service) -> None:
    known = problem(
        clinicalStatus={"coding": [{"code": "resolved"}]}, meta={"lastUpdated": "2026-06-14"}
    )
    made = call(problems=bundle(problem()), prefetch={"mine": searchset(known)})
    assert [fact.progress for fact in reader.read(made, service, NOW).facts] == [Progress.ACTIVE]


def test_problems_of_others_and_misshapen_ones_are_set_aside(
    reader: Reader, service: Service
) -> None:
    made = bundle(problem(subject={"reference": "Patient/p2"}), problem(id="d", code=7))
    chart = reader.read(call(problems=made), service, NOW)
    assert (chart.facts, chart.of_others) == ((), 1)
    assert [one.reference for one in chart.skipped] == ["Condition/d"]
