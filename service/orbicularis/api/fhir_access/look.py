"""The look-up of one key: page after page, as far as it goes."""

import logging
from typing import TYPE_CHECKING

import msgspec

from orbicularis.api.fhir_access import failed
from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.lack import Lack
from orbicularis.api.fhir_access.page import check, next_link
from orbicularis.api.fhir_access.place import Place, parse
from orbicularis.api.fhir_access.query import relative_url
from orbicularis.facts.call import Fetched

if TYPE_CHECKING:
    from orbicularis.api.fhir_access.fetcher import Fetcher

_LOG = logging.getLogger("orbicularis.fhir_access")


class Look:
    """Fetches what one key lacks; what has arrived stays when the rest fails.

    Attributes:
        lack: what is lacking.
        pages: what has arrived, in order.
    """

    def __init__(self, lack: Lack, base: Place, patient_id: str, most_pages: int) -> None:
        """Keep what the look-up goes by.

        Args:
            lack: what is lacking.
            base: base URL of the allowed server; nothing outside of it is asked for.
            patient_id: the patient in context.
            most_pages: that are fetched.
        """
        self.lack = lack
        self.pages: list[msgspec.Raw] = []
        self._base = base
        self._patient_id = patient_id
        self._most_pages = most_pages
        self._asked = True
        # Stands unless the look-up comes to another end in time.
        self._failure: str | None = failed.TIMED_OUT

    async def run(self, fetcher: "Fetcher") -> None:
        """Fetch; every failure but being cancelled is kept to be told."""
        try:
            await self._follow(self._start(), fetcher)
        except Failed as cause:
            self._failure = cause.words
        except Exception as error:
            # Whatever a server makes our client stumble over, it must not cost the answer. The
            # error's own words may quote what came.
            self._failure = failed.BROKEN_OFF
            fields = {"error": type(error).__qualname__}
            _LOG.error("fhir access stumbled", extra={"fields": fields})
        else:
            self._failure = None

    def result(self) -> Fetched:
        """What came of it so far."""
        return Fetched(tuple(self.pages), self._failure, self.lack.further, self._asked)

    def _start(self) -> Place:
        try:
            if self.lack.link is not None:
                return self._within(self.lack.link)
            query = relative_url(self.lack.query, self._patient_id)
            place = self._base.below(query)
            if place is None:
                raise Failed(failed.NO_QUERY)
        except Failed:
            self._asked = False
            raise
        return place

    async def _follow(self, place: Place | None, fetcher: "Fetcher") -> None:
        seen: set[Place] = set()
        while place is not None:
            if place in seen:
                raise Failed(failed.REPEATED_PAGES)
            if len(seen) == self._most_pages:
                raise Failed(failed.MORE_PAGES)
            seen.add(place)
            page = check(await fetcher.get(place, vital=self.lack.vital))
            self.pages.append(page)
            link = next_link(page)
            place = None if link is None else self._within(link)

    def _within(self, link: str) -> Place:
        """The place of a page, if it lies below the base; absolute or relative to it.

        Raises:
            Failed: when it lies elsewhere; the token must not be shown there.
        """
        if not link or link.startswith(("//", "?")):
            raise Failed(failed.PAGE_ELSEWHERE)
        if link.lower().startswith(("http:", "https:")):
            place = parse(link)
        else:
            place = self._base.at(link) if link.startswith("/") else self._base.below(link)
        if place is None or not self._base.covers(place):
            raise Failed(failed.PAGE_ELSEWHERE)
        return place
