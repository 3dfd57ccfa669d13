"""Prefetch templates, derived from the rules."""

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.prefetch_query import query_of
from orbicularis.knowledge.service import Service


def templates(service: Service, bundle: Bundle) -> dict[str, str]:
    """The FHIR queries that discovery lists, by key (CDS Hooks 2.0, Prefetch Template).

    Codes stand bare, because some servers do not find ``system|code``, and joined by commas
    in one parameter, because some clients collapse repeated ones. Loading the rules holds
    each query to a length that servers accept.
    """
    return {
        key: query_of(prefetch, bundle.measurements, bundle.concepts)
        for key, prefetch in service.prefetch.items()
    }
