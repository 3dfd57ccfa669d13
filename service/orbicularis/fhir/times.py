"""The times of one fact: when it was so, since when, and until when."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from orbicularis.facts.fact import Fact
from orbicularis.fhir.moments import Moment, bounds, end_of, events, moment, start_of
from orbicularis.fhir.structs.element import Period, Timing


class Times(msgspec.Struct, frozen=True):
    """Times of one record, each as precise as it was sent; None where it is not told."""

    at: Moment | None = None
    began: Moment | None = None
    ended: Moment | None = None

    def __bool__(self) -> bool:
        """Tell whether any time is known."""
        return any((self.at, self.began, self.ended))

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it has not begun yet."""
        return self.began is not None and self.began.is_after(now)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has ended; an end that lies ahead is no end yet."""
        return self.ended is not None and self.ended.at <= now

    def put(self, fact: Fact, now: datetime) -> Fact:
        """Put the times into a fact."""
        at = self.began if self.is_ahead(now) else self.at
        known = replace(fact, future=at is not None and at.is_after(now))
        if at is not None:
            known = replace(known, at=at.at, span=at.span)
        if self.began is not None:
            known = replace(known, began=self.began.at, began_span=self.began.span)
        if self.ended is not None and self.is_over(now):
            known = replace(known, ended=self.ended.at)
        return known


def over(period: Period | None, now: datetime) -> Times:
    """Times of what held over a period; one that is still open holds now."""
    began, ended = start_of(period), end_of(period)
    if began is None and ended is None:
        return Times()
    at = ended if ended is not None and ended.at <= now else Moment(now)
    return Times(at, began, ended)


def on(timing: Timing | None, now: datetime) -> Times:
    """Times of what happened at single events, or repeatedly within bounds."""
    single = events(timing)
    return Times(single[-1], single[0]) if single else over(bounds(timing), now)


def first(*times: Times | str | None) -> Times:
    """The first that tells a time; a text is one moment."""
    for one in times:
        known = one if isinstance(one, Times) else Times(moment(one))
        if known:
            return known
    return Times()
