"""What single lines of evidence add: strengths, groups, the cap on consensus."""

from math import log10

import pytest

from orbicularis.facts.assessment import Why
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import CONSENSUS
from orbicularis.knowledge.cause import Evidence
from tests.reasoning.ranked import ranked
from tests.support.bundles import cause, con, pro
from tests.support.charts import seen


def odds(*evidence: Evidence, names: str = "abcd") -> float:
    """Post-test odds over pre-test odds, when the named findings are present."""
    told = ranked(cause("one", *evidence), *map(seen, names))
    assert told.prior == pytest.approx(-1)
    return float(10 ** (told.score - told.prior))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((pro("a", "strong"),), 10),
        ((pro("a", "moderate"),), 5),
        ((pro("a", "weak"), pro("b", "strong")), 20),
        ((con("a", "strong"),), 0.1),
        ((pro("a", "strong"), con("b", "weak")), 5),
    ],
)
def test_strengths_multiply_the_odds(evidence: tuple[Evidence, ...], expected: float) -> None:
    assert odds(*evidence) == pytest.approx(expected)


@pytest.mark.parametrize(("prior", "expected"), [("common", 1), ("uncommon", 0.1), ("rare", 0.01)])
def test_the_prior_is_where_the_score_begins(prior: str, expected: float) -> None:
    told = ranked(cause("one", pro("a"), prior=prior))
    assert told.prior == told.score == log10(expected)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((pro("a", "moderate", group="g"), pro("b", "weak", group="g")), 5),
        ((pro("a", "weak", group="g"), pro("b", "strong", group="g")), 10),
        ((pro("a", "moderate", group="g"), pro("b", "weak", group="h")), 10),
        ((con("a", "moderate", group="g"), con("b", "strong", group="g")), 0.1),
        # for and against do not share a group
        ((pro("a", "strong", group="g"), con("b", "weak", group="g")), 5),
    ],
)
def test_of_a_group_the_strongest_line_counts(
    evidence: tuple[Evidence, ...], expected: float
) -> None:
    assert odds(*evidence) == pytest.approx(expected)


def test_a_line_that_its_group_outweighs_says_so() -> None:
    lines = pro("a", "weak", group="g"), pro("b", "strong", group="g")
    told = ranked(cause("one", *lines), seen("a"), seen("b")).evidence
    assert [line.why for line in told] == [Why.IN_GROUP, Why.COUNTED]
    assert told[0].counted == 0


def unmeasured(name: str, strength: str = "strong", **more: object) -> Evidence:
    return pro(name, strength, references=(CONSENSUS,), **more)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((unmeasured("a"), unmeasured("b")), 20),
        ((unmeasured("a"), unmeasured("b"), pro("c", "strong")), 200),
        ((unmeasured("a"), pro("b", "strong", references=(CONSENSUS, "study"))), 100),
        (
            (
                con("a", "strong", references=(CONSENSUS,)),
                con("b", "strong", references=(CONSENSUS,)),
            ),
            1 / 20,
        ),
        # each direction has a cap of its own
        ((unmeasured("a"), unmeasured("b"), con("c", "strong", references=(CONSENSUS,))), 2),
    ],
)
def test_consensus_counts_up_to_its_cap(evidence: tuple[Evidence, ...], expected: float) -> None:
    assert odds(*evidence) == pytest.approx(expected)


def test_a_line_beyond_the_cap_says_so() -> None:
    lines = (unmeasured("a"), unmeasured("b"), unmeasured("c"))
    told = ranked(cause("one", *lines), *map(seen, "abc")).evidence
    assert [line.why for line in told] == [Why.COUNTED, Why.COUNTED, Why.CAPPED]
    assert sum(line.counted for line in told) == pytest.approx(log10(20))


def test_consensus_of_a_group_counts_for_what_it_adds_to_a_measured_line() -> None:
    lines = pro("a", "moderate", group="g"), unmeasured("b", group="g")
    assert odds(*lines) == pytest.approx(10)
    told = ranked(cause("one", *lines), seen("a"), seen("b")).evidence
    assert [line.counted for line in told] == pytest.approx([log10(5), log10(2)])


def test_a_capped_line_does_not_silence_a_measured_one_of_its_group() -> None:
    lines = pro("a", "moderate", group="g"), unmeasured("b", group="g"), unmeasured("c")
    without = odds(*lines, unmeasured("d"), names="acd")
    assert odds(*lines, unmeasured("d")) == pytest.approx(without) == pytest.approx(100)


@pytest.mark.parametrize(
    ("state", "present", "absent"),
    [
        (State.PRESENT, Why.COUNTED, Why.NOT_SEEN),
        (State.ABSENT, Why.NOT_SEEN, Why.COUNTED),
        (State.UNKNOWN, Why.UNKNOWN, Why.UNKNOWN),
    ],
)
def test_a_line_speaks_of_one_state(state: State, present: Why, absent: Why) -> None:
    lines = pro("a"), con("a", when="absent")
    told = ranked(cause("one", *lines), seen("a", state)).evidence
    assert [line.why for line in told] == [present, absent]
    assert [line.speaks for line in told] == [present is Why.COUNTED, absent is Why.COUNTED]
