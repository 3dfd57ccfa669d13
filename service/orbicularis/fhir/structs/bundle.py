"""Bundle, and what else tells how a data source answered."""

import msgspec

from orbicularis.fhir.structs.element import ABSENT, Element
from orbicularis.fhir.structs.glance import Glance


class BundleLink(Element):
    """Bundle.link: where further pages are."""

    relation: str | None = None


class BundleEntry(Element):
    """Bundle.entry, its resource at a glance."""

    full_url: msgspec.Raw = ABSENT
    resource: Glance | None = None


class WholeEntry(Element):
    """Bundle.entry, its resource whole and undecoded."""

    resource: msgspec.Raw = ABSENT


class Bundle(Element):
    """Bundle, or any single resource, of which only the type is then of interest."""

    resource_type: str | None = None
    entry: list[BundleEntry | None] | None = None
    link: msgspec.Raw = ABSENT


class WholeBundle(Element):
    """Bundle of which some resources are wanted whole."""

    entry: list[WholeEntry | None] | None = None


class LooseBundle(Element):
    """Bundle whose entries are decoded one by one, because one of them is misshapen."""

    resource_type: str | None = None
    entry: list[msgspec.Raw] | None = None
    link: msgspec.Raw = ABSENT


class Kind(Element):
    """Any resource, to learn what it is."""

    resource_type: str | None = None


class Issue(Element):
    """OperationOutcome.issue: how grave, and of what kind."""

    severity: str | None = None
    code: str | None = None


class OperationOutcome(Element):
    """OperationOutcome; its texts may hold patient data and are not read."""

    issue: list[Issue] | None = None


class Meta(Element):
    """Resource.meta: which version of a resource this is."""

    version_id: str | None = None
    last_updated: str | None = None


class Versioned(Element):
    """Any resource, to tell a newer version from an older one."""

    meta: Meta | None = None
