"""Claims: what single facts say about one finding, and how several are weighed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from orbicularis.facts.assessment import FindingResult, Note, Support, Value
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.finding import Finding, Valid
from orbicularis.reasoning.dates import is_within, trusted_date


@dataclass(frozen=True, slots=True)
class Claim:
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
        if Note.PRELIMINARY not in remarks:
            remarks.append(Note.PRELIMINARY)
        state = State.UNKNOWN if state is State.ABSENT else state
    if fact.future and Note.FUTURE not in remarks:
        remarks.append(Note.FUTURE)
    standing = fact.progress is Progress.ACTIVE and fact.source is not Source.REQUEST
    return Claim(Support(fact, state, value, tuple(remarks)), standing)


def weigh(finding: Finding, claims: Iterable[Claim], now: datetime) -> FindingResult:
    """Settle one state from many claims.

    A claim counts while it is valid. An absence overrules a presence only when it is newer
    and the presence is not a standing one; a doubt on either side leaves it present, which
    is the safe side. What could not decide is kept and told.
    """
    current = [one for one in claims if _is_valid(one, finding.valid, now)]
    present = [one for one in current if one.support.state is State.PRESENT]
    absent = [one for one in current if one.support.state is State.ABSENT]
    undecided = tuple(one.support for one in current if one.support.state is State.UNKNOWN)
    present = [one for one in present if not _is_overruled(one, absent)]
    if present:
        return _result(finding, State.PRESENT, present, undecided)
    if absent:
        return _result(finding, State.ABSENT, absent, undecided)
    return FindingResult(finding, State.UNKNOWN, undecided=undecided)


def _result(
    finding: Finding, state: State, claims: list[Claim], undecided: tuple[Support, ...]
) -> FindingResult:
    supports = sorted((one.support for one in claims), key=_newest_first)
    return FindingResult(finding, state, tuple(supports), undecided)


def _is_valid(one: Claim, valid: Valid, now: datetime) -> bool:
    if one.standing:
        return True
    limit = valid.absent if one.support.state is State.ABSENT else valid.present
    return is_within(one.support.fact, limit, now)


def _is_overruled(one: Claim, absent: list[Claim]) -> bool:
    at = trusted_date(one.support.fact)
    if one.standing or at is None:
        return False
    dates = (trusted_date(other.support.fact) for other in absent)
    return any(date is not None and date > at + one.support.fact.span for date in dates)


def _newest_first(support: Support) -> tuple[float, str]:
    at = trusted_date(support.fact)
    return (-at.timestamp() if at else 0.0, support.fact.reference)
