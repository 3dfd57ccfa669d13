"""Prefetch templates, derived from the rules."""

from collections.abc import Iterator

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Prefetch, Service

LONGEST = 1000
"""Characters that a template may have: longer URLs are cut off by some servers on the way."""


def templates(service: Service, bundle: Bundle) -> dict[str, str]:
    """The FHIR queries that discovery lists, by key (CDS Hooks 2.0, Prefetch Template).

    Codes stand bare, because some servers do not find ``system|code``, and joined by commas
    in one parameter, because some clients collapse repeated ones.

    Raises:
        ValueError: a template is longer than ``LONGEST``.
    """
    queries = {key: _query(prefetch, bundle) for key, prefetch in service.prefetch.items()}
    for key, query in queries.items():
        if len(query) > LONGEST:
            raise ValueError(
                f"service {service.id}: prefetch {key} has {len(query)} characters, more than "
                f"{LONGEST}; divide its measurements between two keys"
            )
    return queries


def _query(prefetch: Prefetch, bundle: Bundle) -> str:
    codes = dict.fromkeys(_codes(prefetch, bundle))
    return f"{prefetch.query}&code={','.join(codes)}" if codes else prefetch.query


def _codes(prefetch: Prefetch, bundle: Bundle) -> Iterator[str]:
    for measurement in prefetch.codes_of:
        for key in bundle.measurements[measurement].codes:
            for code in bundle.concepts[key].codes:
                if code.system == prefetch.code_system:
                    yield code.code
