"""Hypothesis strategies for small bundles and for charts of facts."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from orbicularis.facts.assessment import Assessment
from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.base import CONSENSUS, KnowledgeFile
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Side
from tests.support.bundles import (
    STUDY,
    bundle,
    by,
    cause,
    con,
    finding,
    order,
    pro,
    red_flag,
    seen_as,
    service,
)
from tests.support.calcium import RULES as CALCIUM
from tests.support.charts import DAY, NOW, problem, result, seen

PLAIN = ("twitching", "a", "b", "c", "d")
"""Findings that Observations coded like them show; the first is the index finding."""

DERIVED = ("all-of-it", "long-a", "low-calcium", "severe-calcium")
MEASURED = ("calcium", "ionised", "corrected")

_ALL = (*PLAIN, *DERIVED)
lines = st.tuples(
    st.sampled_from(_ALL),
    st.sampled_from(["strong", "moderate", "weak"]),
    st.sampled_from([None, "g", "h"]),
    st.sampled_from([(STUDY,), (CONSENSUS,)]),
    st.booleans(),
)


@st.composite
def causes(draw: st.DrawFn, name: str) -> KnowledgeFile:
    """A cause, on whose every finding it either counts for or against."""
    against = draw(st.sets(st.sampled_from(_ALL), max_size=4))
    evidence = [
        con(one, strength, group=group, references=references)
        if one in against
        else pro(one, strength, group=group, references=references, defines=defines)
        for one, strength, group, references, defines in draw(
            st.lists(lines, min_size=1, max_size=8)
        )
    ]
    # What is neither for nor against may be required, or exclude.
    unused = sorted(set(PLAIN[1:]) - {line.finding for line in evidence})
    return cause(
        name,
        *evidence,
        prior=draw(st.sampled_from(["common", "uncommon", "rare"])),
        category=draw(st.sampled_from(["metabolic", "benign-trigger"])),
        by_exclusion=draw(st.booleans()),
        requires=unused[:1] if draw(st.booleans()) else (),
        excluded_by=unused[1:2] if draw(st.booleans()) else (),
        more_general=draw(st.sampled_from([(), ("c0",), ("c1",), ("c2",)])),
        workup={"first": ["calcium"], "then": ["scan"]},
    )


_FIXED = (
    *(rule for rule in CALCIUM.measurements.values()),
    *(rule for rule in CALCIUM.findings.values() if rule.id != "twitching"),
    finding("twitching", seen_as("twitching"), by(condition={"codes": ["twitching"]})),
    finding("all-of-it", by(combination={"all": ["a", "b"]})),
    finding("long-a", by(course={"of": ["a"], "lasting_at_least": 5 * DAY})),
    order("calcium", answers=("low-calcium",)),
    order("scan"),
    service(caps={"causes": 2, "orders": 6, "reasons": 4}),
)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """A bundle of three causes and a red flag over plain, measured and derived findings."""
    kinds = st.sampled_from(["symptom", "sign", "demographic"])
    return bundle(
        *_FIXED,
        *(finding(name, kind=draw(kinds), valid=draw(_valid)) for name in PLAIN[1:]),
        *(draw(causes(f"c{number}")) for number in range(3)),
        red_flag(
            "alarm",
            draw(st.sampled_from(["a", {"all": ["a", "b"]}, {"any": ["c", "severe-calcium"]}])),
            points_to=draw(st.sampled_from([(), ("c0",)])),
            orders=("calcium",),
        ),
    )


_valid = st.fixed_dictionaries(
    {}, optional={"present": st.just(30 * DAY), "absent": st.just(7 * DAY)}
)

hours = st.integers(0, 24 * 60).map(lambda number: timedelta(hours=number))
whole_states = st.sampled_from([State.PRESENT, State.PRESENT, State.ABSENT, State.UNKNOWN])


@st.composite
def times(draw: st.DrawFn) -> dict[str, Any]:
    """When a record says that something was so, and since when."""
    at = draw(st.none() | hours)
    began = draw(st.none() | hours)
    return {
        "reference": f"Observation/{draw(st.integers(0, 9))}",
        "at": None if at is None else NOW - at,
        "span": draw(st.sampled_from([timedelta(0), DAY])),
        "began": None if began is None else NOW - began,
        "progress": draw(st.sampled_from([Progress.FINAL, Progress.FINAL, Progress.PRELIMINARY])),
    }


observations = st.builds(
    lambda name, state, when: seen(name, state, **when),
    st.sampled_from(PLAIN),
    whole_states,
    times(),
)
problems = st.builds(
    lambda ago, progress: problem(
        "twitching", progress, at=NOW - ago, reference=f"Condition/{ago.days}"
    ),
    hours,
    st.sampled_from([Progress.ACTIVE, Progress.PAST]),
)
SCALES = {"mmol/L": 1.0, "mg/dL": 4.0078, "meq/L": 2.0, "umol/L": 1000.0, "mg/L": 40.078}
GRAMS = {"g/L": 1.0, "g/dL": 0.1, "mg/dL": 100.0}


@st.composite
def results(draw: st.DrawFn) -> Fact:
    """A calcium in mmol/L or an albumin in g/L, sometimes with a range or a flag of its own."""
    when = draw(times())
    if draw(st.booleans()):
        return result("albumin", float(draw(st.integers(15, 55))), "g/L", **when)
    own = draw(
        st.fixed_dictionaries({}, optional={"low": st.just(2.2), "high": st.just(2.6)})
        | st.fixed_dictionaries({"comparator": st.sampled_from(["<", "<=", ">", ">="])})
    )
    flag = draw(st.none() | st.sampled_from(Side))
    value = draw(st.integers(90, 280) | st.sampled_from([100, 112, 190, 212, 9999])) / 100
    return result(draw(st.sampled_from(MEASURED)), value, "mmol/L", flag=flag, **own, **when)


facts = st.one_of(observations, problems, results())
_SPEAKS = problem("twitching", reference="Condition/speaks")

charts = st.lists(facts, max_size=12).map(lambda some: [_SPEAKS, *some])
"""Facts of one patient in whom the index finding is present, so that everything is assessed."""


def digest(assessment: Assessment) -> tuple[object, ...]:
    """What an assessment comes to, without the facts it rests on."""
    return (
        [result.finding.id for result in assessment.index],
        {name: result.state for name, result in assessment.findings.items()},
        [(flag.red_flag.id, flag.state) for flag in assessment.red_flags],
        [
            (one.cause.id, round(one.score, 9), one.band, one.hidden, one.flagged)
            for one in assessment.causes
        ],
        [(one.order.id, one.state) for one in assessment.orders],
    )
