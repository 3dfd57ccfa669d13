"""Orders that are being placed, in the shapes in which clients send them."""

from collections.abc import Callable
from typing import Any

import pytest

from orbicularis.facts.chart import Chart, Drafts
from orbicularis.facts.fact import Progress, Source
from orbicularis.fhir.reader import Reader
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, concept, searchset

ALL_READ, NOT_ALL_READ = Drafts.ALL_READ, Drafts.NOT_ALL_READ

Place = Callable[..., Chart]


@pytest.fixture
def place(reader: Reader, service: Service) -> Place:
    """Read a call that carries drafts, with its selections."""

    def place(drafts: Any, *selections: str, **more: Any) -> Chart:
        return reader.read(call(drafts=drafts, selections=selections, **more), service, NOW)

    return place


def medicine(code: str | None = "metoclopramide", text: str | None = None, **more: Any) -> Resource:
    """A draft as the Sandbox shapes it: no intent, and its category is an object."""
    return {
        "resourceType": "MedicationRequest",
        "id": "m",
        "status": "draft",
        "subject": {"reference": "Patient/p1"},
        "category": {"coding": [{"code": "community"}]},
        "medicationCodeableConcept": concept(code, text),
        **more,
    }


def lab(code: str = "panel", text: str | None = None, **more: Any) -> Resource:
    coded = {"coding": [{"system": "http://loinc.org", "code": code}]}
    meaning = {"text": text} if text else coded
    return {"resourceType": "ServiceRequest", "id": "s", "status": "draft", "code": meaning, **more}


def bundle(*resources: Resource) -> Resource:
    """A Bundle without a type."""
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}


def placed(chart: Chart) -> set[str]:
    return {fact.reference for fact in chart.facts if fact.placed}


def test_a_draft_is_no_exposure_and_has_no_date(place: Place) -> None:
    (fact,) = place(bundle(medicine(authoredOn="2026-06-01"))).facts
    assert (fact.source, fact.progress) == (Source.DRAFT, Progress.PENDING)
    assert (fact.concepts, fact.mentions, fact.at) == (frozenset({"metoclopramide"}), (), None)


def test_without_selections_all_drafts_are_being_placed(place: Place) -> None:
    chart = place(bundle(medicine(), lab()))
    assert placed(chart) == {"MedicationRequest/m", "ServiceRequest/s"}
    assert chart.drafts is ALL_READ


@pytest.mark.parametrize(
    "selection",
    [
        "MedicationRequest/m",
        "MedicationRequest/m/_history/2",
        "https://x.org/fhir/MedicationRequest/m",
        "https://elsewhere.org/MedicationRequest/m",
        "urn:uuid:m",
        "m",
    ],
)
def test_a_selection_names_one_draft(place: Place, selection: str) -> None:
    chart = place(bundle(medicine(), lab()), selection)
    assert placed(chart) == {"MedicationRequest/m"}
    assert len(chart.facts) == 2


def test_a_selection_by_the_url_of_the_entry(place: Place) -> None:
    nameless = {key: part for key, part in medicine().items() if key != "id"}
    entries = [{"fullUrl": "urn:uuid:1-2", "resource": nameless}, {"resource": lab()}]
    chart = place({"resourceType": "Bundle", "entry": entries}, "urn:uuid:1-2")
    assert placed(chart) == {"urn:uuid:1-2"}


@pytest.mark.parametrize("selection", ["", "MedicationRequest/other", "ServiceRequest/m", "#"])
def test_where_no_selection_names_a_draft_all_are_being_placed(
    place: Place, selection: str
) -> None:
    chart = place(bundle(medicine(), lab()), selection)
    assert placed(chart) == {"MedicationRequest/m", "ServiceRequest/s"}


def test_a_selection_of_what_is_not_read_is_a_selection(place: Place) -> None:
    diet = {"resourceType": "NutritionOrder", "id": "d", "status": "draft"}
    chart = place(bundle(diet, medicine()), "NutritionOrder/d")
    assert (placed(chart), len(chart.facts)) == (set(), 1)
    assert (chart.drafts, chart.skipped) == (ALL_READ, ())


def test_drafts_of_another_patient_are_not_being_placed(place: Place) -> None:
    chart = place(bundle(medicine(subject={"reference": "Patient/p2"})))
    assert (chart.facts, chart.of_others) == ((), 1)


@pytest.mark.parametrize(
    "status", ["entered-in-error", "cancelled", "stopped", "on-hold", "completed"]
)
def test_a_medicine_that_is_taken_back_is_not_ordered(place: Place, status: str) -> None:
    chart = place(bundle(medicine(status=status)))
    assert (chart.facts, chart.drafts) == ((), ALL_READ)


@pytest.mark.parametrize("make", [medicine, lab])
def test_a_draft_not_to_do_something_orders_nothing(
    place: Place, make: Callable[..., Resource]
) -> None:
    assert place(bundle(make(doNotPerform=True))).facts == ()


def test_a_revised_order_is_being_placed_whatever_its_status(place: Place) -> None:
    assert placed(place(bundle(medicine(status="active")))) == {"MedicationRequest/m"}


def test_a_draft_in_the_chart_is_not_being_placed(place: Place) -> None:
    chart = place(bundle(), prefetch={"mine": searchset(medicine(), lab())})
    assert (placed(chart), len(chart.facts)) == (set(), 2)


@pytest.mark.parametrize(
    "draft",
    [
        medicine(None, "Metoclopramide 10 MG Oral Tablet"),
        medicine(None, medication={"concept": concept("metoclopramide")}),
        medicine(
            None,
            medicationReference={"reference": "#x"},
            contained=[
                {"resourceType": "Medication", "id": "x", "code": concept("metoclopramide")}
            ],
        ),
        medicine(None, medicationReference={"display": "metoclopramide"}),
    ],
)
def test_a_medicine_in_each_shape(place: Place, draft: Resource) -> None:
    chart = place(bundle(draft))
    assert [fact.concepts for fact in chart.facts] == [{"metoclopramide"}]
    assert chart.drafts is ALL_READ


def test_no_hook_that_carries_drafts(reader: Reader, service: Service) -> None:
    assert reader.read(call(), service, NOW).drafts is Drafts.NOT_CARRIED


@pytest.mark.parametrize(
    ("drafts", "seen", "told"),
    [
        (bundle(), ALL_READ, []),
        (bundle(medicine(None, "Amoxicillin 500 mg")), ALL_READ, []),
        # A client may draft an order before its medicine is chosen.
        (bundle(medicine(None)), NOT_ALL_READ, []),
        (bundle(medicine("local-code")), NOT_ALL_READ, []),
        (bundle(lab("unknown")), NOT_ALL_READ, []),
        (bundle(medicine(code="x", medicationCodeableConcept=7)), NOT_ALL_READ,
         ["MedicationRequest/m"]),
        (bundle(medicine(None, medicationReference={"reference": "Medication/gone"})),
         NOT_ALL_READ, ["MedicationRequest/m"]),
        (bundle(medicine(dosageInstruction="twice")), NOT_ALL_READ, ["MedicationRequest/m"]),
        (bundle({"resourceType": "MedicationOrder", "id": "o"}), NOT_ALL_READ,
         ["MedicationOrder/o"]),
        (bundle({"status": "draft"}), NOT_ALL_READ, ["an entry in context.draftOrders"]),
        ({"resourceType": "Bundle", "entry": [{"resource": 5}, None]}, NOT_ALL_READ,
         ["an entry in context.draftOrders"]),
        ({**bundle(), "link": [{"relation": "next", "url": "x"}]}, NOT_ALL_READ, []),
        ({}, NOT_ALL_READ, ["context.draftOrders"]),
        ([], NOT_ALL_READ, ["context.draftOrders"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_leaves_open_what_is_ordered(
    place: Place, drafts: Any, seen: Drafts, told: list[str]
) -> None:
    chart = place(drafts)
    assert chart.drafts is seen
    assert [one.reference for one in chart.skipped] == told
    assert chart.facts == ()


def test_one_bad_draft_does_not_hide_another(place: Place) -> None:
    chart = place(bundle(medicine(medicationCodeableConcept=7), medicine(id="n"), lab()))
    assert placed(chart) == {"MedicationRequest/n", "ServiceRequest/s"}
    assert chart.drafts is NOT_ALL_READ


def test_a_bad_draft_that_is_not_selected_leaves_nothing_open(place: Place) -> None:
    chart = place(bundle(medicine(None), lab()), "ServiceRequest/s")
    assert (placed(chart), chart.drafts) == ({"ServiceRequest/s"}, ALL_READ)


def test_an_order_is_drafted_beside_the_one_that_stands(place: Place) -> None:
    chart = place(bundle(lab()), prefetch={"mine": searchset(lab(status="active"))})
    assert {(fact.source, fact.placed) for fact in chart.facts} == {
        (Source.DRAFT, True),
        (Source.REQUEST, False),
    }


def test_an_order_in_its_own_words(place: Place) -> None:
    chart = place(bundle(lab(text="Calcium, total"), lab(text="Bone", id="b")))
    assert [fact.orders for fact in chart.facts] == [{"calcium"}]
    assert chart.drafts is ALL_READ
