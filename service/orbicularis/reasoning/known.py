"""Causes that have been diagnosed for some time: not to be announced again as news."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from orbicularis.facts.assessment import CauseResult
from orbicularis.facts.fact import Fact, State
from orbicularis.reasoning.dates import trusted_date
from orbicularis.reasoning.expression import Lookup


def mark_known(
    results: Iterable[CauseResult], lookup: Lookup, after: timedelta, now: datetime
) -> Iterator[CauseResult]:
    """Mark each cause whose diagnosis has been on record for longer than ``after``."""
    for result in results:
        diagnoses = (lookup(finding) for finding in result.cause.known_by)
        facts = [
            support.fact
            for diagnosis in diagnoses
            if diagnosis.state is State.PRESENT
            for support in diagnosis.supports
        ]
        yield replace(result, known=any(_is_older(fact, after, now) for fact in facts))


def _is_older(fact: Fact, after: timedelta, now: datetime) -> bool:
    """Told by the record: what began long ago may have been diagnosed today."""
    at = trusted_date(fact)
    return at is not None and now - at > after
