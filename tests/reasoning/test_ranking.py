"""The band of a cause, and why it is or is not listed."""

import pytest

from orbicularis.facts.assessment import Assessment, Band, Hidden
from orbicularis.facts.fact import Fact, State
from orbicularis.knowledge.cause import Evidence
from tests.reasoning.ranked import NAMES, ranked
from tests.support.bundles import bundle, cause, con, finding, pro, red_flag
from tests.support.charts import assessed, seen

ABSENT, UNKNOWN = State.ABSENT, State.UNKNOWN


@pytest.mark.parametrize(
    ("evidence", "band"),
    [
        ((pro("a", "strong"),), Band.WELL_SUPPORTED),  # 0.1 x 10 = 1, met exactly
        ((pro("a", "moderate"),), Band.POSSIBLE),
        ((pro("a", "weak"),), Band.POSSIBLE),  # 0.1 x 2 = 0.2, met exactly
        ((pro("a", "weak"), con("b", "weak")), Band.LESS_LIKELY),
        ((pro("a", "weak"), con("b", "strong")), Band.LESS_LIKELY),
        ((pro("a", "weak"), con("b", "strong"), con("c", "weak")), None),
    ],
)
def test_bands(evidence: tuple[Evidence, ...], band: Band | None) -> None:
    told = ranked(cause("one", *evidence), *map(seen, NAMES))
    assert told.band is band
    assert told.hidden is (None if band else Hidden.BELOW_CUT_OFF)


@pytest.mark.parametrize(
    ("present", "band"),
    [
        ("a", Band.WELL_SUPPORTED),
        ("ac", Band.WELL_SUPPORTED),  # something weak speaks against it
        ("ab", Band.LESS_LIKELY),  # something strong does
        ("c", None),
    ],
)
def test_a_definition_that_is_met_settles_the_band(present: str, band: Band | None) -> None:
    lines = pro("a", "weak", defines=True), con("b", "strong"), con("c", "weak")
    one = cause("one", *lines, prior="uncommon" if "a" in present else "rare")
    told = ranked(one, *map(seen, present))
    assert told.band is band
    assert told.score < 0


def test_a_definition_does_not_make_up_for_an_unknown_requirement() -> None:
    one = cause("one", pro("a", "weak", defines=True), requires=("b",))
    assert ranked(one, seen("a")).band is Band.POSSIBLE


def test_a_requirement_that_is_absent_removes_and_an_unknown_one_caps() -> None:
    one = cause("one", pro("a", "strong"), requires=("b",))
    assert ranked(one, seen("a"), seen("b")).band is Band.WELL_SUPPORTED
    unsure = ranked(one, seen("a"))
    assert (unsure.band, unsure.hidden) == (Band.POSSIBLE, None)
    gone = ranked(one, seen("a"), seen("b", ABSENT))
    assert gone.hidden is Hidden.REQUIREMENT_ABSENT
    assert [result.finding.id for result in gone.because] == ["b"]


def test_what_excludes_acts_only_when_present() -> None:
    one = cause("one", pro("a", "strong"), excluded_by=("b",))
    for facts in ((), (seen("b", ABSENT),), (seen("b", UNKNOWN),)):
        assert ranked(one, seen("a"), *facts).hidden is None
    gone = ranked(one, seen("a"), seen("b"))
    assert gone.hidden is Hidden.EXCLUDED
    assert [result.finding.id for result in gone.because] == ["b"]


def test_without_support_a_cause_is_not_listed_however_common() -> None:
    one = cause("one", pro("a", "strong"), con("b", "weak"), prior="common")
    assert ranked(one).hidden is Hidden.NO_SUPPORT
    assert ranked(one, seen("b")).hidden is Hidden.NO_SUPPORT
    assert ranked(one, seen("a", ABSENT)).hidden is Hidden.NO_SUPPORT


@pytest.mark.parametrize(
    ("prior", "evidence", "facts", "is_listed"),
    [
        ("rare", pro("twitching", "strong"), [], False),
        ("rare", pro("old", "strong"), [seen("old")], False),
        ("rare", pro("a", "strong", when="absent"), [seen("a", ABSENT)], False),
        ("rare", pro("a", "strong"), [seen("a")], True),
        ("uncommon", pro("twitching", "strong"), [], True),
        ("uncommon", pro("a", "strong", when="absent"), [seen("a", ABSENT)], True),
    ],
)
def test_the_presenting_finding_age_or_an_absence_alone_lists_no_rare_cause(
    prior: str, evidence: Evidence, facts: list[Fact], *, is_listed: bool
) -> None:
    rules = bundle(
        cause("one", evidence, prior=prior),
        finding("a"),
        finding("old", kind="demographic"),
    )
    assert bool(assessed(rules, seen("twitching"), *facts).listed) is is_listed


def test_a_sign_lists_a_rare_cause_even_if_its_group_outweighs_it() -> None:
    lines = pro("twitching", "strong", group="g"), pro("a", "weak", group="g")
    one = cause("one", *lines, prior="rare")
    assert ranked(one).hidden is Hidden.NO_SUPPORT
    assert ranked(one, seen("a")).hidden is None


def flagged(*facts: Fact, **more: object) -> Assessment:
    rules = bundle(
        cause("one", pro("b", "strong"), **more),
        cause("other", pro("a", "strong")),
        red_flag("alarm", "a", points_to=("one",)),
        *map(finding, NAMES),
    )
    return assessed(rules, seen("twitching"), *facts)


@pytest.mark.parametrize("prior", ["common", "uncommon", "rare"])
def test_a_cause_with_a_critical_flag_is_listed_first_and_at_least_possible(prior: str) -> None:
    first, *_ = flagged(seen("a"), prior=prior).listed
    band = Band.WELL_SUPPORTED if prior == "common" else Band.POSSIBLE
    assert (first.cause.id, first.band, first.flagged) == ("one", band, True)
    assert all(not told.flagged for told in flagged(prior=prior).causes)


def test_a_flag_does_not_bring_back_what_is_excluded_or_lacks_a_requirement() -> None:
    for more, fact in (
        ({"excluded_by": ("c",)}, seen("c")),
        ({"requires": ("c",)}, seen("c", ABSENT)),
    ):
        assert [told.cause.id for told in flagged(seen("a"), fact, **more).listed] == ["other"]
