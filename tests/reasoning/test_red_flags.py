"""Red flags: whether they fire, and what they tell of it."""

from typing import Any

from orbicularis.facts.assessment import RedFlagResult
from orbicularis.facts.fact import Fact, State
from tests.support.bundles import bundle, cause, finding, pro, red_flag
from tests.support.charts import assessed, seen

ABSENT, UNKNOWN = State.ABSENT, State.UNKNOWN
NAMES = ("a", "b", "c", "d")


def told(when: object, *facts: Fact) -> RedFlagResult:
    rules = bundle(red_flag("alarm", when), *map(finding, NAMES))
    (flag,) = assessed(rules, seen("twitching"), *facts).red_flags
    return flag


def names(results: Any) -> list[str]:
    return [result.finding.id for result in results]


STROKE = {"all": ["a", {"any": ["b", "c"]}, {"unless_present": "d"}]}


def test_it_fires_and_says_on_what_and_what_it_does_not_know() -> None:
    flag = told(STROKE, seen("a"), seen("c"))
    assert (flag.fired, flag.state) == (True, State.PRESENT)
    assert (names(flag.found), names(flag.missing), names(flag.unknown)) == (["a", "c"], [], ["b"])


def test_it_says_what_is_missing_for_it_to_fire() -> None:
    flag = told(STROKE, seen("a"), seen("b", ABSENT))
    assert (flag.fired, flag.state) == (False, UNKNOWN)
    assert (names(flag.found), names(flag.missing)) == (["a"], ["b", "c"])
    assert names(flag.unknown) == ["c"]


def test_it_says_what_keeps_it_from_firing() -> None:
    flag = told(STROKE, seen("a"), seen("b"), seen("d"))
    assert (flag.fired, flag.state) == (False, ABSENT)
    assert (names(flag.found), names(flag.missing)) == (["a", "b"], ["d"])


def test_unknown_is_neither_present_nor_absent() -> None:
    assert not told("a").fired
    assert not told({"not": "a"}).fired
    assert told({"unless_present": "a"}).fired


def test_those_that_fire_stand_first_and_the_most_urgent_before_the_others() -> None:
    rules = (
        red_flag("a-silent", "b"),
        red_flag("b-warning", "a", indicator="warning"),
        red_flag("d-critical", "a"),
        red_flag("c-critical", "a"),
        *map(finding, NAMES),
    )
    assessment = assessed(bundle(*rules), seen("twitching"), seen("a"))
    fired = [flag.red_flag.id for flag in assessment.fired]
    assert fired == ["c-critical", "d-critical", "b-warning"]
    assert [flag.red_flag.id for flag in assessment.red_flags] == [*fired, "a-silent"]


def test_nothing_benign_silences_one() -> None:
    rules = (
        red_flag("alarm", {"all": ["a", "b"]}),
        cause("coffee", pro("c", "strong"), category="benign-trigger", prior="common"),
        *map(finding, NAMES),
    )
    facts = map(seen, ("twitching", "a", "b", "c"))
    assert assessed(bundle(*rules), *facts).fired


def test_without_an_index_finding_there_are_none() -> None:
    rules = bundle(red_flag("alarm", "a"), *map(finding, NAMES))
    assert assessed(rules, seen("a")).red_flags == ()
