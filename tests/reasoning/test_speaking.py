"""When a service speaks at all, and which diagnoses are no longer news."""

from typing import Any

import pytest

from orbicularis.facts.assessment import Assessment
from orbicularis.facts.fact import Fact, Progress, State
from tests.support.bundles import bundle, by, cause, finding, pro, seen_as, service
from tests.support.charts import DAY, NOW, assessed, problem, seen

RULES = bundle(
    finding("twitching", seen_as("twitching"), by(condition={"codes": ["spasm"]})),
    finding("other"),
    finding("recorded", by(condition={"codes": ["spasm"], "when": "ever"})),
    finding("someone", by(combination={"unless_present": "other"})),
    cause("spasm", pro("twitching"), known_by=("recorded",)),
    service("other", "twitching"),
)


def told(*facts: Fact) -> Assessment:
    return assessed(RULES, *facts)


def test_without_an_index_finding_it_is_silent() -> None:
    for facts in ((), (seen("twitching", State.ABSENT),), (seen("twitching", State.UNKNOWN),)):
        assessment = told(*facts)
        assert assessment.index == ()
        assert (assessment.causes, assessment.red_flags, assessment.orders) == ((), (), ())


def test_it_speaks_of_every_index_finding_in_the_order_of_the_service() -> None:
    index = told(seen("twitching"), seen("other")).index
    assert [result.finding.id for result in index] == ["other", "twitching"]


@pytest.mark.parametrize(
    ("record", "speaks"),
    [
        ({"at": NOW - 30 * DAY}, True),
        ({"at": NOW - 31 * DAY}, False),
        ({"at": NOW - 31 * DAY, "span": DAY}, True),
        ({"at": None}, True),
        ({"at": NOW + 9 * DAY, "future": True}, True),
    ],
    ids=str,
)
def test_an_old_settled_episode_is_not_raised_again(
    record: dict[str, Any], *, speaks: bool
) -> None:
    assert bool(told(seen("twitching", **record)).index) is speaks


def test_an_active_problem_speaks_whatever_its_age() -> None:
    assert told(problem("spasm", at=NOW - 900 * DAY)).index
    assert not told(problem("spasm", Progress.PAST, at=NOW - DAY)).index


def test_one_recent_record_among_old_ones_is_enough() -> None:
    assert told(seen("twitching", at=NOW - 90 * DAY), seen("twitching")).index


@pytest.mark.parametrize(
    ("record", "known"),
    [
        ({"at": NOW - 31 * DAY}, True),
        ({"at": NOW - 30 * DAY}, False),
        ({"at": NOW - DAY, "began": NOW - 900 * DAY}, False),
        ({"at": None}, False),
        ({"at": NOW + 90 * DAY, "future": True}, False),
    ],
    ids=str,
)
def test_a_diagnosis_on_record_for_long_is_known(record: dict[str, Any], *, known: bool) -> None:
    (result,) = told(problem("spasm", **record), seen("twitching")).causes
    assert result.known is known
    assert result.asks_for_workup is not known


def test_a_diagnosis_that_was_refuted_is_not_known() -> None:
    refuted = problem("spasm", state=State.ABSENT, at=NOW - 90 * DAY)
    (result,) = told(refuted, seen("twitching")).causes
    assert not result.known
