"""The bundle: the whole of a rules folder, loaded, checked and addressed by content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import Field

from orbicularis.knowledge.asked import Asked
from orbicularis.knowledge.base import Knowledge, Text
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.concept import Concept, System
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.overlay import Overlay
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.reference import Reference
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.source_attribute import Declared, PersonalData
from orbicularis.knowledge.status import MinStatus

NOT_TOLD = "The makers of these rules have not told whether clinicians have reviewed them."
"""What is said of rules whose manifest is silent: never that they have been."""


class Manifest(Knowledge):
    """``bundle.yaml``: what the bundle is, who made it and under which terms.

    Attributes:
        funding: who paid for making it.
        released: when it was first given out.
        revised: when it was last changed.
        review: whether clinicians have reviewed the rules for use with patients, in a sentence.
        source_attributes: which data about a person the rules use, in its makers' words.
    """

    name: Text
    title: Text
    version: Text
    licence: Text
    developer: Text
    funding: Text
    released: date
    revised: date
    review: Text = NOT_TOLD
    source_attributes: dict[PersonalData, Declared] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The rules as one value.

    Attributes:
        revision: SHA-256, in hex, of their content, that of an overlay included.
        overlay: what a site does differently; None without one.
        min_status: from which status on rules are in it.
    """

    manifest: Manifest
    revision: str
    systems: Mapping[str, System]
    concepts: Mapping[str, Concept]
    language: Language
    references: Mapping[str, Reference]
    measurements: Mapping[str, Measurement]
    findings: Mapping[str, Finding]
    causes: Mapping[str, Cause]
    red_flags: Mapping[str, RedFlag]
    orders: Mapping[str, Order]
    services: Mapping[str, Service]
    overlay: Overlay | None = None
    min_status: MinStatus = MinStatus.ACTIVE

    @cached_property
    def asked(self) -> Asked:
        """Which findings can change with what a chart holds."""
        return Asked(self.findings, self.measurements)
