"""Recognising findings in time: how long others have lasted, and how lately they began."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from orbicularis.facts.assessment import FindingResult, Support
from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.finding import CoursePattern, Finding
from orbicularis.reasoning.dates import trusted_date


def by_course(
    finding: Finding, pattern: CoursePattern, of: Iterable[FindingResult], now: datetime
) -> FindingResult:
    """Judge the course of the findings that are present; without any it is as they are."""
    results = list(of)
    supports = [support for result in results for support in _present(result)]
    if not supports:
        known = all(result.state is State.ABSENT for result in results)
        return FindingResult(finding, State.ABSENT if known else State.UNKNOWN)
    if pattern.began_within is not None:
        return _began_within(finding, supports, pattern.began_within, now)
    if pattern.lasting_at_least is not None:
        state = _lasting(supports, pattern.lasting_at_least, now)
        return FindingResult(finding, state, tuple(supports))
    assert pattern.lasting_under is not None  # noqa: S101 - held by the pattern's validator
    state = _opposite(_lasting(supports, pattern.lasting_under, now))
    return FindingResult(finding, state, tuple(supports))


def _present(result: FindingResult) -> list[Support]:
    """Facts that show it; what a combination counted on as absent has no course."""
    if result.state is not State.PRESENT:
        return []
    return [support for support in result.supports if support.state is State.PRESENT]


def _opposite(state: State) -> State:
    return {State.PRESENT: State.ABSENT, State.ABSENT: State.PRESENT}.get(state, State.UNKNOWN)


def _lasting(supports: list[Support], limit: timedelta, now: datetime) -> State:
    """An onset decides; a problem that is still active has lasted since it was recorded."""
    facts = [support.fact for support in supports]
    if any(_has_lasted(fact, limit, now) for fact in facts):
        return State.PRESENT
    onsets = [fact.began for fact in facts if fact.began is not None]
    if onsets and all(now - onset < limit for onset in onsets):
        return State.ABSENT
    return State.UNKNOWN


def _has_lasted(fact: Fact, limit: timedelta, now: datetime) -> bool:
    if fact.began is not None:
        return now - (fact.began + fact.began_span) >= limit
    at = trusted_date(fact)
    if at is None or fact.progress is not Progress.ACTIVE:
        return False
    return now - (at + fact.span) >= limit


def _began_within(
    finding: Finding, supports: list[Support], limit: timedelta, now: datetime
) -> FindingResult:
    new = [support for support in supports if _may_be_new(support.fact, limit, now)]
    if new:
        return FindingResult(finding, State.PRESENT, tuple(new))
    return FindingResult(finding, State.ABSENT, tuple(supports))


def _may_be_new(fact: Fact, limit: timedelta, now: datetime) -> bool:
    """A known onset decides; otherwise a fresh, present-encounter or undated record is new."""
    if fact.began is not None:
        return now - (fact.began + fact.began_span) <= limit
    at = trusted_date(fact)
    return fact.in_encounter or at is None or now - (at + fact.span) <= limit
