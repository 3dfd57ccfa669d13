"""What a call lacks: keys that were not answered, and pages that were not sent."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from orbicularis.api.fhir_access.page import next_link
from orbicularis.facts.call import Call
from orbicularis.knowledge.service import Service


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to fetch.

    Attributes:
        key: prefetch key.
        query: the key's template, for what was not answered.
        link: where the next page of a Bundle is, for what was answered in part.
        vital: True where an index finding may stand in it.
    """

    key: str
    query: str
    link: str | None = None
    vital: bool = False

    @property
    def further(self) -> bool:
        """True when further pages of what was sent are lacking."""
        return self.link is not None


def lacks(call: Call, service: Service, templates: Mapping[str, str]) -> list[Lack]:
    """What is to be fetched, first of all that in which an index finding may stand.

    JSON null is an answer, and so are an empty Bundle and an OperationOutcome: with it the
    client tells that the query failed, so that it is not asked again (2.0, Prefetch Template).
    """
    keys = dict.fromkeys((*templates, *call.prefetch))
    vital = {key for key, prefetch in service.prefetch.items() if prefetch.index}
    found = [_lack(key, call.prefetch, templates, vital=key in vital) for key in keys]
    return sorted((lack for lack in found if lack is not None), key=lambda lack: not lack.vital)


def _lack(
    key: str,
    prefetch: Mapping[str, msgspec.Raw | None],
    templates: Mapping[str, str],
    *,
    vital: bool,
) -> Lack | None:
    sent, query = prefetch.get(key), templates.get(key)
    if sent is None:
        return None if query is None or key in prefetch else Lack(key, query, vital=vital)
    link = next_link(sent)
    return None if link is None else Lack(key, query or "", link, vital)
