"""Causes that have been diagnosed for some time: not to be announced again as news."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from orbicularis.facts.assessment import FindingResult
from orbicularis.facts.fact import Fact, State
from orbicularis.reasoning.dates import trusted_date


def is_known(diagnoses: Iterable[FindingResult], after: timedelta, now: datetime) -> bool:
    """Tell whether any of the diagnoses has been on record for longer than ``after``."""
    return any(
        _is_older(support.fact, after, now)
        for diagnosis in diagnoses
        if diagnosis.state is State.PRESENT
        for support in diagnosis.supports
    )


def _is_older(fact: Fact, after: timedelta, now: datetime) -> bool:
    """Told by the record: what began long ago may have been diagnosed today."""
    at = trusted_date(fact)
    return at is not None and now - at > after
