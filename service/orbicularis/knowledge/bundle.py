"""The bundle: the whole of a rules folder, loaded, checked and addressed by content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orbicularis.knowledge.asked import Asked
from orbicularis.knowledge.base import Knowledge, Text
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.concept import Concept, System
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.reference import Reference
from orbicularis.knowledge.service import Service


class Manifest(Knowledge):
    """``bundle.yaml``: what the bundle is, who made it and under which terms."""

    name: Text
    title: Text
    version: Text
    licence: Text
    developer: Text
    funding: Text
    released: date
    revised: date


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The rules as one value; ``revision`` is the SHA-256 of their content, in hex."""

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

    @cached_property
    def asked(self) -> Asked:
        """Which findings can change with what a chart holds."""
        return Asked(self.findings, self.measurements)
