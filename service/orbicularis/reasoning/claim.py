"""Claims: what single facts say about one finding, and how several are weighed."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from orbicularis.facts.assessment import FindingResult, Note, Support, Value
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.finding import Finding, Valid
from orbicularis.reasoning.dates import is_surely_within, is_within, trusted_date

_EVENTS = frozenset({Source.PROCEDURE, Source.MEDICATION})
"""What happened: another one that was not, or not then, says nothing against it."""


class Claim(msgspec.Struct, frozen=True):
    """What one fact says about a finding.

    Attributes:
        support: the fact, the state it claims, its value and remarks.
        standing: True when it holds until it is ended (an active problem), whatever its age.
    """

    support: Support
    standing: bool = False


def claim(fact: Fact, state: State, *notes: Note, value: Value | None = None) -> Claim:
    """Make a claim; a preliminary result can show a finding but never rule one out."""
    remarks = list(notes)
    if fact.progress is Progress.PRELIMINARY:
        remarks.append(Note.PRELIMINARY)
        state = State.UNKNOWN if state is State.ABSENT else state
    if fact.future:
        remarks.append(Note.FUTURE)
    active = fact.progress is Progress.ACTIVE and fact.source is not Source.REQUEST
    standing = active and state is State.PRESENT
    return Claim(Support(fact, state, value, tuple(remarks)), standing)


def weigh(finding: Finding, claims: Iterable[Claim], now: datetime) -> FindingResult:
    """Settle one state from many claims.

    A claim counts while it is valid. An absence overrules a presence when it is newer, even
    if it is too old to count itself, unless the presence is a standing one or an event; a
    doubt on either side leaves it present, which is the safe side. An absence counts only
    when its date is known to lie in its look-back. What could not decide is kept and told.
    """
    every = _told_once(claims)
    said_absent = [one for one in every if one.support.state is State.ABSENT]
    present = [
        one
        for one in every
        if one.support.state is State.PRESENT
        and _is_valid(one, finding.valid, now)
        and not _is_overruled(one, said_absent)
    ]
    absent = [one for one in said_absent if _counts_as_absent(one, finding.valid, now)]
    undecided = tuple(one.support for one in every if _is_open(one, absent, finding.valid, now))
    if present:
        return _result(finding, State.PRESENT, present, undecided)
    if undecided:
        absent = [one for one in absent if one.support.fact.source not in _EVENTS]
    if absent:
        return _result(finding, State.ABSENT, absent, undecided)
    return FindingResult(finding, State.UNKNOWN, undecided=undecided)


def _told_once(claims: Iterable[Claim]) -> list[Claim]:
    """Drop what a record's words merely repeat of its codes."""
    every = list(dict.fromkeys(claims))
    coded = {
        (one.support.fact.reference, one.support.state)
        for one in every
        if Note.FROM_FREE_TEXT not in one.support.notes
    }
    return [
        one
        for one in every
        if Note.FROM_FREE_TEXT not in one.support.notes
        or (one.support.fact.reference, one.support.state) not in coded
    ]


def _result(
    finding: Finding, state: State, claims: list[Claim], undecided: tuple[Support, ...]
) -> FindingResult:
    supports = sorted((one.support for one in claims), key=_newest_first)
    return FindingResult(finding, state, tuple(supports), undecided)


def _is_valid(one: Claim, valid: Valid, now: datetime) -> bool:
    return one.standing or is_within(one.support.fact, valid.present, now)


def _counts_as_absent(one: Claim, valid: Valid, now: datetime) -> bool:
    return is_surely_within(one.support.fact, valid.absent, now)


def _is_open(one: Claim, absent: list[Claim], valid: Valid, now: datetime) -> bool:
    """Tell whether it spoke without deciding; an absence without a date to trust does."""
    if one.support.state is State.ABSENT:
        return one not in absent and trusted_date(one.support.fact) is None
    return one.support.state is State.UNKNOWN and _is_valid(one, valid, now)


def _is_overruled(one: Claim, absent: list[Claim]) -> bool:
    fact = one.support.fact
    at = trusted_date(fact)
    if one.standing or at is None or fact.progress is Progress.PAST or fact.source in _EVENTS:
        return False
    others = (other.support.fact for other in absent)
    dates = (trusted_date(other) for other in others if other.source not in _EVENTS)
    return any(date is not None and date > at + fact.span for date in dates)


def _newest_first(support: Support) -> tuple[float, str]:
    at = trusted_date(support.fact)
    return (-at.timestamp() if at else 0.0, support.fact.reference)
