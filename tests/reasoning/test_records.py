"""What each kind of record may show: sites, history, family, procedures, medicines, words."""

from datetime import timedelta
from typing import Any

import pytest

from orbicularis.facts.assessment import Note
from orbicularis.facts.chart import Person
from orbicularis.facts.fact import Fact, Progress, Source, State
from tests.support.bundles import bundle, by, finding
from tests.support.charts import (
    DAY,
    NOW,
    done,
    fact,
    look_up,
    problem,
    said,
    seen,
    state_of,
    taken,
)

PRESENT, ABSENT, UNKNOWN = State.PRESENT, State.ABSENT, State.UNKNOWN
PAST, ACTIVE, PENDING = Progress.PAST, Progress.ACTIVE, Progress.PENDING

RULES = bundle(
    finding("spasm", by(observation={"codes": ["spasm"]})),
    finding("face-spasm", by(observation={"codes": ["spasm"], "site": "face"})),
    finding("palsy", by(condition={"codes": ["palsy"]})),
    finding("past-palsy", by(condition={"codes": ["palsy"], "when": "history"})),
    finding("ever-palsy", by(condition={"codes": ["palsy"], "when": "ever"})),
    finding("face-palsy", by(condition={"codes": ["palsy"], "site": "face"})),
    finding("family-palsy", by(family={"codes": ["palsy"]})),
    finding("surgery", by(procedure={"codes": ["surgery"]})),
    finding("new-surgery", by(procedure={"codes": ["surgery"], "within": 14 * DAY})),
    finding("drug", by(medication={"codes": ["drug", "drug-class"]})),
    finding("past-drug", by(medication={"codes": ["drug"], "exposure": "history"})),
    finding("ever-drug", by(medication={"codes": ["drug"], "exposure": "ever"})),
    finding(
        "drug-till-lately",
        by(medication={"codes": ["drug"], "exposure": "ever", "stopped_within": 30 * DAY}),
    ),
    finding("new-drug", by(medication={"codes": ["drug"], "started_within": 7 * DAY})),
    finding("long-drug", by(medication={"codes": ["drug"], "for_at_least": 90 * DAY})),
    finding(
        "once-long-drug",
        by(medication={"codes": ["drug"], "exposure": "ever", "for_at_least": 90 * DAY}),
    ),
    finding("worded", by(text={"phrases": ["worded"]})),
    finding("adult-man", by(demographic={"age_years": {"at_least": 18}, "sex": "male"})),
)


def state(name: str, *facts: Fact) -> State:
    return state_of(RULES, name, *facts)


def test_an_answer_to_a_question_shows_a_finding() -> None:
    answer = fact(Source.OBSERVATION, "question", answers=frozenset({"spasm"}))
    assert state("spasm", answer) is PRESENT


def test_a_site_must_be_named_where_the_rule_asks_for_one() -> None:
    assert state("face-spasm", seen("spasm")) is UNKNOWN
    assert state("face-spasm", seen("spasm", sites=frozenset({"leg"}))) is UNKNOWN
    assert state("face-spasm", seen("spasm", sites=frozenset({"leg", "face"}))) is PRESENT
    assert state("face-palsy", problem("palsy")) is UNKNOWN
    assert state("face-palsy", problem("palsy", sites=frozenset({"face"}))) is PRESENT


@pytest.mark.parametrize(
    ("progress", "states"),
    [(ACTIVE, (PRESENT, UNKNOWN, PRESENT)), (PAST, (UNKNOWN, PRESENT, PRESENT))],
)
def test_a_past_condition_is_history_and_nothing_else(
    progress: Progress, states: tuple[State, ...]
) -> None:
    names = ("palsy", "past-palsy", "ever-palsy")
    assert tuple(state(name, problem("palsy", progress)) for name in names) == states


def test_a_relatives_disease_is_not_the_patients() -> None:
    mother = fact(Source.FAMILY, "palsy")
    assert state("family-palsy", mother) is PRESENT
    for name in ("palsy", "past-palsy", "ever-palsy"):
        assert state(name, mother) is UNKNOWN
    assert state("family-palsy", problem("palsy")) is UNKNOWN
    assert state("worded", said("worded", source=Source.FAMILY)) is UNKNOWN


@pytest.mark.parametrize(
    "record",
    [
        fact(Source.REQUEST, "spasm", progress=ACTIVE),
        fact(Source.DRAFT, "spasm"),
        fact(Source.REPORT, "spasm"),
        problem("spasm"),
        seen("spasm", progress=PENDING),
    ],
    ids=lambda record: f"{record.source}-{record.progress}",
)
def test_only_an_observation_or_a_reason_is_an_observation(record: Fact) -> None:
    assert state("spasm", record) is UNKNOWN
    assert state("spasm", fact(Source.REASON, "spasm")) is PRESENT


def test_procedures() -> None:
    assert state("surgery", done("surgery", at=NOW - 9000 * DAY)) is PRESENT
    assert state("surgery", done("surgery", progress=PENDING)) is UNKNOWN
    assert state("surgery", done("surgery", state=ABSENT)) is ABSENT
    assert state("surgery", seen("surgery")) is UNKNOWN


@pytest.mark.parametrize(
    ("days", "span", "expected"),
    [
        (14, 0, PRESENT),
        (15, 0, ABSENT),
        (15, 1, UNKNOWN),
        (16, 1, ABSENT),
        (100, 365, UNKNOWN),
    ],
)
def test_a_procedure_within_a_time(days: int, span: int, expected: State) -> None:
    record = done("surgery", at=NOW - days * DAY, span=span * DAY)
    assert state("new-surgery", record) is expected


def test_a_procedure_without_a_date_to_trust_cannot_decide() -> None:
    assert state("new-surgery", done("surgery", at=None)) is UNKNOWN
    assert state("new-surgery", done("surgery", at=NOW + 9 * DAY, future=True)) is UNKNOWN


@pytest.mark.parametrize(
    ("record", "states"),
    [
        (taken("drug"), (PRESENT, UNKNOWN, PRESENT)),
        (taken("drug", PAST), (UNKNOWN, PRESENT, PRESENT)),
        (taken("drug", PENDING), (UNKNOWN, UNKNOWN, UNKNOWN)),
        (taken("drug", state=ABSENT), (UNKNOWN, UNKNOWN, UNKNOWN)),
        (fact(Source.DRAFT, "drug"), (UNKNOWN, UNKNOWN, UNKNOWN)),
        (fact(Source.REQUEST, "drug", progress=ACTIVE), (UNKNOWN, UNKNOWN, UNKNOWN)),
    ],
    ids=lambda value: f"{value.source}-{value.progress}" if isinstance(value, Fact) else "",
)
def test_exposure_is_what_was_taken_never_a_draft(record: Fact, states: tuple[State, ...]) -> None:
    names = ("drug", "past-drug", "ever-drug")
    assert tuple(state(name, record) for name in names) == states


def test_a_class_counts_as_its_ingredients_do() -> None:
    assert state("drug", taken("drug-class")) is PRESENT


def began(days: float, progress: Progress = ACTIVE, **more: Any) -> Fact:
    return taken("drug", progress, began=NOW - timedelta(days=days), **more)


def test_how_lately_an_exposure_began() -> None:
    assert state("new-drug", began(7)) is PRESENT
    assert state("new-drug", began(7.1)) is ABSENT
    assert state("new-drug", began(30, began_span=31 * DAY)) is UNKNOWN
    assert state("new-drug", began(30, span=31 * DAY)) is ABSENT
    assert state("new-drug", taken("drug")) is UNKNOWN
    assert state("new-drug", began(-3, future=True)) is UNKNOWN


def test_how_long_an_exposure_has_lasted() -> None:
    assert state("long-drug", began(90)) is PRESENT
    assert state("long-drug", began(89)) is ABSENT
    assert state("long-drug", began(100, began_span=31 * DAY)) is UNKNOWN
    assert state("long-drug", began(90, began_span=DAY)) is UNKNOWN
    assert state("long-drug", taken("drug")) is UNKNOWN
    ended = taken("drug", ACTIVE, began=NOW - 200 * DAY, ended=NOW - 150 * DAY)
    assert state("long-drug", ended) is ABSENT


def test_how_long_a_past_exposure_lasted() -> None:
    assert state("once-long-drug", began(200, progress=PAST, ended=NOW - 100 * DAY)) is PRESENT
    assert state("once-long-drug", began(200, progress=PAST, ended=NOW - 150 * DAY)) is ABSENT
    # What ended at an unknown time may have been short.
    assert state("once-long-drug", began(200, progress=PAST)) is UNKNOWN
    assert state("once-long-drug", began(80, progress=PAST)) is ABSENT


def test_how_long_a_past_exposure_still_counts() -> None:
    assert state("drug-till-lately", taken("drug")) is PRESENT
    assert state("drug-till-lately", taken("drug", PAST, ended=NOW - 30 * DAY)) is PRESENT
    assert state("drug-till-lately", taken("drug", PAST, ended=NOW - 31 * DAY)) is ABSENT
    assert state("drug-till-lately", taken("drug", PAST)) is UNKNOWN


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (said("worded"), PRESENT),
        (said("worded", ABSENT), ABSENT),
        (said("worded", history=True), UNKNOWN),
        (said("worded", progress=PENDING), UNKNOWN),
        (said("worded", source=Source.REASON), PRESENT),
        (said("worded", source=Source.CONDITION, progress=ACTIVE), PRESENT),
        (said("worded", source=Source.CONDITION, progress=PAST), UNKNOWN),
        (said("worded", source=Source.MEDICATION, progress=ACTIVE), PRESENT),
        (said("worded", source=Source.MEDICATION, progress=PAST), UNKNOWN),
        (said("worded", source=Source.REQUEST, progress=ACTIVE), UNKNOWN),
        (said("worded", source=Source.DRAFT), UNKNOWN),
    ],
)
def test_words_count_where_they_speak_of_now(record: Fact, expected: State) -> None:
    assert state("worded", record) is expected


def test_what_comes_from_words_is_told_so() -> None:
    (support,) = look_up(RULES, "worded", said("worded")).supports
    assert support.notes == (Note.FROM_FREE_TEXT,)


@pytest.mark.parametrize(
    ("age", "sex", "expected"),
    [
        (18, "male", PRESENT),
        (17, "male", ABSENT),
        (17, None, ABSENT),
        (None, "female", ABSENT),
        (18, None, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_age_and_sex(age: int | None, sex: str | None, expected: State) -> None:
    assert state_of(RULES, "adult-man", person=Person(age, sex)) is expected
