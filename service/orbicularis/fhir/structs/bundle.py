"""Bundle, with its resources left undecoded."""

import msgspec

from orbicularis.fhir.structs.element import ABSENT, Element


class BundleLink(Element):
    """Bundle.link: where further pages are."""

    relation: str | None = None


class BundleEntry(Element):
    """Bundle.entry."""

    full_url: str | None = None
    resource: msgspec.Raw = ABSENT


class Bundle(Element):
    """Bundle, or any single resource, of which only the type is then of interest."""

    resource_type: str | None = None
    entry: list[BundleEntry | None] | None = None
    link: msgspec.Raw = ABSENT


class LooseBundle(Element):
    """Bundle whose entries are decoded one by one, because one of them is misshapen."""

    resource_type: str | None = None
    entry: list[msgspec.Raw] | None = None
    link: msgspec.Raw = ABSENT


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
