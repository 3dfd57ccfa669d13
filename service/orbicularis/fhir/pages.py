"""What stands under one prefetch key: the page that was sent, and those that were fetched."""

from collections.abc import Iterator

import msgspec

from orbicularis.facts.call import Call, Fetched
from orbicularis.fhir.source import Source, open_source
from orbicularis.knowledge.service import Service


class Pages(msgspec.Struct, frozen=True):
    """One key with all its pages, which together are one source.

    Attributes:
        key: prefetch key.
        index: whether an index finding may stand in it; None when its content has to tell.
        sent: False when the client left the key out.
        sources: its pages, opened; none when nothing came.
        fetched: what was fetched for it; None when nothing had to be, or could be.
    """

    key: str
    index: bool | None
    sent: bool
    sources: tuple[Source, ...]
    fetched: Fetched | None

    @property
    def asked(self) -> bool:
        """True when the client's FHIR server was asked."""
        return self.fetched is not None and self.fetched.asked

    @property
    def failure(self) -> str | None:
        """Why there are pages that could not be fetched."""
        return self.fetched.failure if self.fetched else None

    @property
    def more(self) -> bool:
        """True when there are pages that nobody saw."""
        return self.failure is not None or (bool(self.sources) and self.sources[-1].more)


def pages_of(call: Call, service: Service) -> Iterator[Pages]:
    """Open every key that the service asks for, then those that the client chose itself."""
    for key, prefetch in service.prefetch.items():
        yield _opened(key, prefetch.index, call)
    for key in call.prefetch:
        if key not in service.prefetch:
            yield _opened(key, None, call)


def _opened(key: str, index: bool | None, call: Call) -> Pages:
    sent, fetched = key in call.prefetch, call.fetched.get(key)
    further = tuple(open_source(page) for page in fetched.pages) if fetched else ()
    # What failed when the client looked is told only where fetching did not make up for it.
    if sent and (fetched is None or fetched.further or not further):
        further = (open_source(call.prefetch[key]), *further)
    return Pages(key, index, sent, further, fetched)
