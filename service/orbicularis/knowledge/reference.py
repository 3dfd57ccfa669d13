"""References: the literature behind the rules."""

from orbicularis.knowledge.base import Id, Knowledge, Text


class Reference(Knowledge):
    """One citation of ``references.yaml``; ``seen`` tells where it was confirmed."""

    title: Text
    citation: Text
    year: int | None = None
    doi: Text | None = None
    pmid: Text | None = None
    url: Text | None = None
    seen: Text
    number: int | None = None


class References(Knowledge):
    """The whole of ``references.yaml``."""

    references: dict[Id, Reference]
