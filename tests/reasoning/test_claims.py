"""Several records of one finding: look-backs, what overrules what, dates not to be trusted."""

from datetime import timedelta
from typing import Any

import pytest

from orbicularis.facts.assessment import Note
from orbicularis.facts.fact import Fact, Progress, Source, State
from tests.support.bundles import bundle, by, finding, seen_as
from tests.support.charts import (
    DAY,
    HOUR,
    NOW,
    done,
    look_up,
    problem,
    said,
    seen,
    state_of,
    taken,
)

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN
MINUTE = timedelta(minutes=1)

RULES = bundle(
    finding(
        "cramp",
        seen_as("cramp"),
        by(condition={"codes": ["cramp"]}),
        by(text={"phrases": ["cramp"]}),
        valid={"present": 30 * DAY, "absent": 7 * DAY},
    ),
    finding("ever-cramp", by(condition={"codes": ["cramp"], "when": "ever"})),
    finding("forever", seen_as("cramp")),
    finding("surgery", by(procedure={"codes": ["surgery"]}), by(text={"phrases": ["surgery"]})),
    finding("new-drug", by(medication={"codes": ["drug"], "started_within": 7 * DAY})),
    finding("new-surgery", by(procedure={"codes": ["surgery"], "within": 14 * DAY})),
)


def cramp(*facts: Fact) -> State:
    """The state, which must not depend on the order of the facts."""
    (state,) = {state_of(RULES, "cramp", *facts), state_of(RULES, "cramp", *reversed(facts))}
    return state


def at(ago: timedelta) -> dict[str, Any]:
    return {"at": NOW - ago}


def test_without_a_record_it_is_unknown() -> None:
    assert cramp() is UNKNOWN
    assert cramp(seen("something-else")) is UNKNOWN


@pytest.mark.parametrize(
    ("state", "ago", "comes_to"),
    [
        (PRESENT, 30 * DAY, PRESENT),
        (PRESENT, 30 * DAY + MINUTE, UNKNOWN),
        (ABSENT, 7 * DAY, ABSENT),
        (ABSENT, 7 * DAY + MINUTE, UNKNOWN),
        (UNKNOWN, HOUR, UNKNOWN),
    ],
)
def test_present_and_absent_have_look_backs_of_their_own(
    state: State, ago: timedelta, comes_to: State
) -> None:
    assert cramp(seen("cramp", state, **at(ago))) is comes_to


def test_without_look_backs_a_record_has_no_age() -> None:
    for state in (PRESENT, ABSENT):
        assert state_of(RULES, "forever", seen("cramp", state, **at(9999 * DAY))) is state


def test_a_newer_absence_overrules_and_an_older_one_does_not() -> None:
    assert cramp(seen("cramp", **at(2 * DAY)), seen("cramp", ABSENT, **at(DAY))) is ABSENT
    assert cramp(seen("cramp", **at(DAY)), seen("cramp", ABSENT, **at(2 * DAY))) is PRESENT
    assert cramp(seen("cramp", **at(DAY)), seen("cramp", ABSENT, **at(DAY))) is PRESENT


def test_what_was_gone_when_last_looked_at_is_not_present() -> None:
    """Too old to say that it is absent now, the absence is still the last word."""
    facts = seen("cramp", **at(20 * DAY)), seen("cramp", ABSENT, **at(10 * DAY))
    assert cramp(*facts) is UNKNOWN


def test_words_and_codes_are_weighed_together() -> None:
    assert cramp(seen("cramp", **at(2 * DAY)), said("cramp", ABSENT, **at(DAY))) is ABSENT
    assert cramp(said("cramp", **at(DAY)), seen("cramp", ABSENT, **at(2 * DAY))) is PRESENT


def test_an_active_problem_counts_whatever_its_age_and_is_not_overruled() -> None:
    old = problem("cramp", **at(4000 * DAY))
    assert cramp(old) is PRESENT
    assert cramp(old, seen("cramp", ABSENT, **at(HOUR))) is PRESENT


def test_a_refuted_problem_is_absent_for_the_look_back_only() -> None:
    assert cramp(problem("cramp", state=ABSENT, **at(DAY))) is ABSENT
    assert cramp(problem("cramp", state=ABSENT, **at(20 * DAY))) is UNKNOWN


def test_what_once_was_is_not_undone_by_a_later_no() -> None:
    past = problem("cramp", Progress.PAST, **at(900 * DAY))
    assert state_of(RULES, "ever-cramp", past, problem("cramp", state=ABSENT)) is PRESENT


def test_an_event_is_not_undone_by_another_that_was_not_done() -> None:
    facts = done("surgery", **at(900 * DAY)), done("surgery", state=ABSENT, **at(DAY))
    assert state_of(RULES, "surgery", *facts) is PRESENT
    assert state_of(RULES, "surgery", facts[1]) is ABSENT
    assert state_of(RULES, "surgery", said("surgery", **at(9 * DAY)), facts[1]) is PRESENT


def test_a_drug_taken_for_long_does_not_hide_another_one_begun_lately() -> None:
    old = taken("drug", began=NOW - 900 * DAY, **at(HOUR))
    new = taken("drug", Progress.PAST, began=NOW - 3 * DAY, **at(3 * DAY))
    either = bundle(
        finding(
            "new-drug",
            by(medication={"codes": ["drug"], "exposure": "ever", "started_within": 7 * DAY}),
        )
    )
    assert state_of(either, "new-drug", old, new) is PRESENT
    assert state_of(either, "new-drug", old) is ABSENT


def test_an_event_that_may_be_new_is_not_ruled_out_by_an_old_one() -> None:
    old = done("surgery", **at(900 * DAY))
    assert state_of(RULES, "new-surgery", old) is ABSENT
    assert state_of(RULES, "new-surgery", old, done("surgery", at=None)) is UNKNOWN
    assert state_of(RULES, "new-drug", taken("drug", began=NOW - 90 * DAY)) is ABSENT
    both = taken("drug", began=NOW - 90 * DAY), taken("drug")
    assert state_of(RULES, "new-drug", *both) is UNKNOWN


@pytest.mark.parametrize("when", [{"at": None}, {"at": NOW + 9 * DAY, "future": True}], ids=str)
def test_a_date_that_is_missing_or_not_to_be_trusted(when: dict[str, Any]) -> None:
    assert cramp(seen("cramp", **when)) is PRESENT
    assert cramp(seen("cramp", ABSENT, **when)) is UNKNOWN
    assert cramp(seen("cramp", ABSENT, in_encounter=True, **when)) is ABSENT
    assert cramp(seen("cramp", **when), seen("cramp", ABSENT, **at(HOUR))) is PRESENT
    assert cramp(seen("cramp", **at(DAY)), seen("cramp", ABSENT, **when)) is PRESENT
    told = look_up(RULES, "cramp", seen("cramp", ABSENT, **when))
    assert len(told.undecided) == 1


def test_only_what_could_have_decided_is_told_as_undecided() -> None:
    open_, old = seen("cramp", UNKNOWN), seen("cramp", UNKNOWN, **at(31 * DAY))
    past, no = seen("cramp", ABSENT, **at(8 * DAY)), seen("cramp", ABSENT, **at(DAY))
    told = look_up(RULES, "cramp", open_, old, past, no)
    assert (told.state, [support.fact for support in told.undecided]) == (ABSENT, [open_])


def test_a_future_date_is_told() -> None:
    (support,) = look_up(RULES, "cramp", seen("cramp", at=NOW + 9 * DAY, future=True)).supports
    assert Note.FUTURE in support.notes


def test_an_imprecise_date_shows_with_the_benefit_of_the_doubt_but_rules_nothing_out() -> None:
    def in_the_year(state: State) -> Fact:
        return seen("cramp", state, at=NOW - 150 * DAY, span=365 * DAY)

    assert cramp(in_the_year(PRESENT)) is PRESENT
    assert cramp(in_the_year(ABSENT)) is UNKNOWN
    # Perhaps the older of the two: it does not overrule.
    assert cramp(in_the_year(PRESENT), seen("cramp", ABSENT, **at(DAY))) is PRESENT


def test_preliminary_shows_but_rules_nothing_out() -> None:
    early = Progress.PRELIMINARY
    (support,) = look_up(RULES, "cramp", seen("cramp", progress=early)).supports
    assert support.notes == (Note.PRELIMINARY,)
    assert cramp(seen("cramp", ABSENT, progress=early)) is UNKNOWN
    facts = seen("cramp", **at(DAY)), seen("cramp", ABSENT, progress=early, **at(HOUR))
    assert cramp(*facts) is PRESENT


def test_supports_are_the_deciding_records_newest_first() -> None:
    old, new = seen("cramp", **at(2 * DAY)), seen("cramp", **at(DAY))
    undated, no = seen("cramp", at=None), seen("cramp", ABSENT, **at(9 * DAY))
    told = look_up(RULES, "cramp", old, undated, no, new)
    assert [support.fact for support in told.supports] == [new, old, undated]


def test_a_request_that_is_active_is_no_standing_problem() -> None:
    asked = said("cramp", source=Source.REQUEST, progress=Progress.ACTIVE)
    assert cramp(asked) is UNKNOWN
