"""Overlays: what one site does differently, without editing the rules it is built on."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from orbicularis.knowledge.base import Id, Knowledge, Text
from orbicularis.knowledge.finding import Range


class FlagSwitchedOff(Knowledge):
    """Why a red flag is silent here, and who answers for that.

    Attributes:
        reason: why this site can do without it.
        agreed_by: who decided it, by name and role.
    """

    reason: Text
    agreed_by: Text


class SwitchOff(Knowledge):
    """Rules of the base that this site does not use.

    Attributes:
        causes: ids, each with the reason.
        red_flags: ids, each with the reason and who decided it.
    """

    causes: Annotated[dict[Id, Text], Field(default_factory=dict)]
    red_flags: Annotated[dict[Id, FlagSwitchedOff], Field(default_factory=dict)]


class Threshold(Knowledge):
    """The limits that count here for one measurement of a finding.

    Attributes:
        unit: UCUM unit of both ranges.
        present: values that show the finding.
        absent: values that show its absence; what lies in neither range leaves it unknown.
        laboratory_range_decides: False when these limits count even where the laboratory
            gives a reference range of its own; otherwise the base decides.
    """

    unit: Text
    present: Range
    absent: Range
    laboratory_range_decides: bool = True


class FindingChange(Knowledge):
    """Other thresholds for one finding.

    Attributes:
        reason: why they differ from the base's.
        thresholds: by measurement; the finding has to look at it already.
    """

    reason: Text
    thresholds: Annotated[dict[Id, Threshold], Field(min_length=1)]


class OrderChange(Knowledge):
    """How an order is called here.

    Attributes:
        text: what the clinician reads on the button and in the request.
        local_code: key of the terminology table, usually the overlay's own; its first code
            goes into the request beside the standard one, and an order or result with any
            of its codes makes this one unnecessary.
    """

    text: Text | None = None
    local_code: Id | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.text is None and self.local_code is None:
            raise ValueError("give text, local_code, or both")
        return self


class Change(Knowledge):
    """What is changed in rules of the base, by id."""

    findings: Annotated[dict[Id, FindingChange], Field(default_factory=dict)]
    orders: Annotated[dict[Id, OrderChange], Field(default_factory=dict)]


class Overlay(Knowledge):
    """``overlay.yaml``: what a site switches off and changes in another bundle.

    New rules, and codes for keys of the base, stand in files beside it, in the folders that
    a bundle has.

    Attributes:
        name: of the overlay.
        title: whose it is.
        version: raised whenever something in the overlay changes.
        base: name of the bundle that it lies over.
        switch_off: rules of the base that are not used.
        change: what is different in rules of the base.
        other_outcomes: vignettes of the base, by file and name, whose outcome is meant to
            differ here. Those that expect a rule that is switched off need not be listed.
    """

    name: Text
    title: Text
    version: Text
    base: Text
    switch_off: Annotated[SwitchOff, Field(default_factory=SwitchOff)]
    change: Annotated[Change, Field(default_factory=Change)]
    other_outcomes: Annotated[dict[Text, tuple[Text, ...]], Field(default_factory=dict)]
