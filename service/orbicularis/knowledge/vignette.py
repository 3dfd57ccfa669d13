"""Vignettes: small patients with the expected outcome, beside the rule they test.

A patient is written in the terms of the rules (finding text, codes by key, values with
units) or, where shape matters, as raw FHIR resources; both are read by the same FHIR reader.
"""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from orbicularis.knowledge.base import Id, Knowledge, Text, Urgency


class Entry(Knowledge):
    """One line of a small patient; exactly what it becomes in FHIR is told per field.

    Attributes:
        code: key of the terminology table; its first code is sent.
        text: text of the code, instead of or beside a key.
        value: a number with its unit ("7.9 mg/dL"), true, false, or an answer in words.
        site: text of the bodySite.
        ago: how long before now it was recorded, seen or done (default: one hour).
        onset_ago: how long before now it began.
        status: resource status, where it is not the usual one.
        flag: interpretation code (L, LL, H, HH, N, A).
        low: lower end of the laboratory's reference range, in the unit of the value.
        high: upper end of it.
    """

    code: Id | None = None
    text: Text | None = None
    value: bool | Text | None = None
    site: Text | None = None
    ago: timedelta = timedelta(hours=1)
    onset_ago: timedelta | None = None
    status: Text | None = None
    flag: Text | None = None
    low: float | None = None
    high: float | None = None


class Patient(Knowledge):
    """A small patient.

    Attributes:
        age_years: age in completed years; unknown when left out.
        sex: male or female; unknown when left out.
        observations: symptoms, signs and results.
        conditions: problems and diagnoses.
        procedures: what was done.
        medications: what is taken (MedicationRequest).
        orders: what is ordered (ServiceRequest).
        reason: the chief complaint in words, as the Encounter's reasonCode.
        resources: raw FHIR resources, as they are.
        unreadable: prefetch keys whose answer is an OperationOutcome.
    """

    age_years: Annotated[int, Field(ge=0, le=120)] | None = None
    sex: Annotated[str, Field(pattern="^(male|female)$")] | None = None
    observations: tuple[Entry, ...] = ()
    conditions: tuple[Entry, ...] = ()
    procedures: tuple[Entry, ...] = ()
    medications: tuple[Entry, ...] = ()
    orders: tuple[Entry, ...] = ()
    reason: Text | None = None
    resources: tuple[dict[str, Any], ...] = ()
    unreadable: tuple[Id, ...] = ()


class Expected(Knowledge):
    """What must come out; only what is written is compared.

    Attributes:
        nothing: True when there must be no card at all.
        first: cause that must stand first.
        listed: causes that must be listed.
        not_listed: causes that must not be listed.
        above: pairs of causes, the first of which must stand above the second.
        band: band that a cause must have.
        red_flags: exactly these red flags fire, when given.
        indicator: highest indicator among the cards.
        orders: orders that must be proposed.
        no_orders: orders that must not be proposed.
        findings: states that findings must have.
    """

    nothing: bool = False
    first: Id | None = None
    listed: tuple[Id, ...] = ()
    not_listed: tuple[Id, ...] = ()
    above: tuple[tuple[Id, Id], ...] = ()
    band: Annotated[dict[Id, Text], Field(default_factory=dict)]
    red_flags: tuple[Id, ...] | None = None
    indicator: Urgency | None = None
    orders: tuple[Id, ...] = ()
    no_orders: tuple[Id, ...] = ()
    findings: Annotated[dict[Id, Text], Field(default_factory=dict)]


class Vignette(Knowledge):
    """One small patient with what is expected, and why the case matters."""

    name: Text
    why: Text | None = None
    patient: Patient
    expect: Expected


class Vignettes(Knowledge):
    """A ``*.test.yaml`` beside a rule, or a file of ``well/``."""

    service: Id
    vignettes: Annotated[tuple[Vignette, ...], Field(min_length=1)]
