"""Vignettes: small patients with the expected outcome, beside the rule they test.

A patient is written in the terms of the rules (finding text, codes by key, values with
units) or, where shape matters, as raw FHIR resources; both are read by the same FHIR reader.
"""

from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

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


CHART_HOOK = "patient-view"
"""The hook of a vignette that names none: it carries nothing beside the chart."""

ORDER_HOOKS = ("order-select", "order-sign")
"""Hooks that carry the unsigned orders of a session."""


class Draft(Knowledge):
    """One unsigned order of the session: a medicine, or a test.

    Attributes:
        medication: becomes a MedicationRequest.
        order: becomes a ServiceRequest.
        selected: True when it has just been selected (``selections`` of order-select).
    """

    medication: Entry | None = None
    order: Entry | None = None
    selected: bool = False

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.medication is None) == (self.order is None):
            raise ValueError("a draft is a medication or an order, one of the two")
        return self

    @property
    def entry(self) -> Entry:
        """The line itself, whichever it is."""
        entry = self.medication or self.order
        assert entry is not None  # noqa: S101 - held by the validator
        return entry


class Vignette(Knowledge):
    """One small patient with what is expected, and why the case matters.

    Attributes:
        name: what makes the case different from the others beside it.
        why: why it matters.
        hook: the hook of the call; patient-view when left out.
        patient: the chart.
        drafts: unsigned orders that the hook carries (``draftOrders``).
        new_problems: problems that were just created (``conditions``).
        expect: what must come out.
    """

    name: Text
    why: Text | None = None
    hook: Text | None = None
    patient: Patient
    drafts: tuple[Draft, ...] = ()
    new_problems: tuple[Entry, ...] = ()
    expect: Expected

    @model_validator(mode="after")
    def _is_carried_by_the_hook(self) -> Self:
        if self.drafts and self.hook not in ORDER_HOOKS:
            raise ValueError("only the hooks order-select and order-sign carry drafts")
        if self.hook != "order-select" and any(draft.selected for draft in self.drafts):
            raise ValueError("only the hook order-select tells which drafts are selected")
        if self.new_problems and self.hook != "problem-list-item-create":
            raise ValueError("only the hook problem-list-item-create carries new problems")
        return self


class Vignettes(Knowledge):
    """A ``*.test.yaml`` beside a rule, or a file of ``well/``."""

    service: Id
    vignettes: Annotated[tuple[Vignette, ...], Field(min_length=1)]
