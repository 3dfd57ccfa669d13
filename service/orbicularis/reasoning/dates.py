"""Dates of facts, held against look-backs: what may lie within one, and what surely does."""

from datetime import datetime, timedelta

from orbicularis.facts.fact import Fact


def trusted_date(fact: Fact) -> datetime | None:
    """When the fact held; None when no date is given or it lies in the future."""
    return None if fact.future else fact.at


def is_within(fact: Fact, limit: timedelta | None, now: datetime) -> bool:
    """Tell whether the fact may lie within the look-back; an undated one may."""
    at = trusted_date(fact)
    return limit is None or at is None or now - (at + fact.span) <= limit


def is_surely_within(fact: Fact, limit: timedelta | None, now: datetime) -> bool:
    """Tell whether the fact lies within the look-back, with no doubt about its date.

    An undated record of the encounter in context is of now.
    """
    at = trusted_date(fact)
    if limit is None or at is None:
        return limit is None or fact.in_encounter
    return now - at <= limit
