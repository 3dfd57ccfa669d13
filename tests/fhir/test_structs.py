"""Every field that is read exists in fhir.resources (R4B or R5), with that type and number."""

import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import msgspec
import pytest

from orbicularis.fhir.structs import (
    bundle,
    care,
    condition,
    element,
    glance,
    medication,
    observation,
    person,
    procedure,
)
from orbicularis.fhir.structs.element import Element

_VERSIONS = ("R4B.", "")

MODELS: dict[type[Element], tuple[str, ...]] = {
    element.Coding: ("coding.Coding",),
    element.CodeableConcept: ("codeableconcept.CodeableConcept",),
    element.Reference: ("reference.Reference",),
    element.CodeableReference: ("codeablereference.CodeableReference",),
    element.CodeOrReference: (
        "codeableconcept.CodeableConcept",
        "codeablereference.CodeableReference",
    ),
    element.Period: ("period.Period",),
    element.Quantity: ("quantity.Quantity", "age.Age"),
    element.Range: ("range.Range",),
    element.Timing: ("timing.Timing",),
    element.TimingRepeat: ("timing.TimingRepeat",),
    observation.Observation: ("observation.Observation",),
    observation.Component: ("observation.ObservationComponent",),
    observation.ReferenceRange: ("observation.ObservationReferenceRange",),
    condition.Condition: ("condition.Condition",),
    procedure.Procedure: ("procedure.Procedure",),
    medication.Medication: ("medication.Medication",),
    medication.Ingredient: ("medication.MedicationIngredient",),
    medication.Dosage: ("dosage.Dosage",),
    medication.DispenseRequest: ("medicationrequest.MedicationRequestDispenseRequest",),
    medication.Adherence: ("medicationstatement.MedicationStatementAdherence",),
    medication.MedicationRequest: ("medicationrequest.MedicationRequest",),
    medication.MedicationStatement: ("medicationstatement.MedicationStatement",),
    medication.MedicationAdministration: ("medicationadministration.MedicationAdministration",),
    person.Patient: ("patient.Patient",),
    person.FamilyMemberHistory: ("familymemberhistory.FamilyMemberHistory",),
    person.FamilyCondition: ("familymemberhistory.FamilyMemberHistoryCondition",),
    care.Encounter: ("encounter.Encounter",),
    care.ServiceRequest: ("servicerequest.ServiceRequest",),
    care.DiagnosticReport: ("diagnosticreport.DiagnosticReport",),
    glance.EncounterReason: ("encounter.EncounterReason",),
    glance.CodedPart: (
        "observation.ObservationComponent",
        "familymemberhistory.FamilyMemberHistoryCondition",
    ),
    glance.Glance: (
        "observation.Observation",
        "condition.Condition",
        "procedure.Procedure",
        "encounter.Encounter",
        "familymemberhistory.FamilyMemberHistory",
        "servicerequest.ServiceRequest",
        "diagnosticreport.DiagnosticReport",
        "medicationrequest.MedicationRequest",
        "medicationstatement.MedicationStatement",
        "medicationadministration.MedicationAdministration",
    ),
    glance.Holder: (
        "observation.Observation",
        "diagnosticreport.DiagnosticReport",
        "encounter.Encounter",
    ),
    bundle.Bundle: ("bundle.Bundle",),
    bundle.WholeBundle: ("bundle.Bundle",),
    bundle.LooseBundle: ("bundle.Bundle",),
    bundle.BundleEntry: ("bundle.BundleEntry",),
    bundle.WholeEntry: ("bundle.BundleEntry",),
    bundle.BundleLink: ("bundle.BundleLink",),
    bundle.Kind: ("patient.Patient",),
    bundle.OperationOutcome: ("operationoutcome.OperationOutcome",),
    bundle.Issue: ("operationoutcome.OperationOutcomeIssue",),
    bundle.Meta: ("meta.Meta",),
    bundle.Versioned: ("patient.Patient",),
}
"""Which elements of FHIR each struct reads; where there are several, each field is in one."""

BASES = {Element, observation.Measured, medication.Medicated}
"""Structs that are only ever part of others."""

LENIENT = {
    "Quantity.value": "a number in quotation marks is read as well",
    "BundleEntry.resource": "any resource is looked at as a Glance",
}
"""Where more is read than FHIR allows, and why."""

_PRIMITIVES = {
    str: "string",
    bytes: "string",
    date: "string",
    datetime: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    Decimal: "number",
}
"""JSON types, by the Python types of either side."""


def _structs() -> Iterator[type[Element]]:
    for module in (
        bundle, care, condition, element, glance, medication, observation, person, procedure
    ):  # fmt: skip
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Element):
                yield value


def test_every_struct_is_compared() -> None:
    assert set(_structs()) - BASES == set(MODELS)


def _models(struct: type[Element]) -> Iterator[Any]:
    for path in MODELS[struct]:
        module, name = path.split(".")
        for version in _VERSIONS:
            try:
                found = import_module(f"fhir.resources.{version}{module}")
            except ModuleNotFoundError:
                continue
            if hasattr(found, name):
                yield getattr(found, name)


def _fields() -> list[Any]:
    return [
        pytest.param(struct, field, id=f"{struct.__name__}.{field.encode_name}")
        for struct in MODELS
        for field in msgspec.structs.fields(struct)
        if field.encode_name != "resourceType"
    ]


@pytest.mark.parametrize(("struct", "field"), _fields())
def test_field(struct: type[Element], field: msgspec.structs.FieldInfo) -> None:
    name = f"{struct.__name__}.{field.encode_name}"
    found = [
        model.model_fields[key]
        for model in _models(struct)
        for key in model.model_fields
        if (model.model_fields[key].alias or key) == field.encode_name
    ]
    assert found, f"{name} is in none of {MODELS[struct]}"
    read = _read(field.type)
    if read is None or name in LENIENT:
        return
    for defined in found:
        assert _taken(defined.annotation) <= read, f"{name} is {defined.annotation}"


def _read(hint: Any) -> set[tuple[bool, str]] | None:
    """What a struct takes, as pairs of "in a list" and type; None when it is kept raw."""
    taken = _taken(hint)
    return None if any(kind == "Raw" for _, kind in taken) else taken


def _taken(hint: Any, *, listed: bool = False) -> set[tuple[bool, str]]:
    """The types that an annotation allows, whatever JSON null means; of either side."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _taken(typing.get_args(hint)[0], listed=listed)
    if origin in (typing.Union, types.UnionType):
        return set().union(*(_taken(one, listed=listed) for one in typing.get_args(hint)))
    if origin is list:
        return _taken(typing.get_args(hint)[0], listed=True)
    if hint is type(None):
        return set()
    return {(listed, name) for name in _names(hint)}


def _names(kind: Any) -> list[str]:
    """A JSON type, or the names of the elements of FHIR."""
    if kind in _PRIMITIVES:
        return [_PRIMITIVES[kind]]
    if kind in MODELS:
        return [f"{path.partition('.')[2]}Type" for path in MODELS[kind]]
    return [kind.__name__]
