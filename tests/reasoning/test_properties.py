"""What must hold of every assessment, over made-up bundles and charts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orbicularis.facts.assessment import Assessment, Band, CauseResult, Hidden
from orbicularis.facts.fact import Fact, Progress, State
from orbicularis.knowledge.bundle import Bundle
from tests.support.charts import NOW, assessed, seen
from tests.support.strategies import GRAMS, PLAIN, SCALES, bundles, charts, digest, facts, results

_BANDS = (None, Band.LESS_LIKELY, Band.POSSIBLE, Band.WELL_SUPPORTED)
_TINY = 1e-9


def conclusions(assessment: Assessment) -> tuple[object, ...]:
    """The whole assessment, every fact included, but for the chart it was made from."""
    return (
        assessment.index,
        dict(assessment.findings),
        assessment.red_flags,
        assessment.causes,
        assessment.orders,
    )


def of(assessment: Assessment, cause: str) -> CauseResult:
    return next(result for result in assessment.causes if result.cause.id == cause)


def is_considered(result: CauseResult) -> bool:
    return result.hidden in (None, Hidden.BEYOND_CAP)


def directions(rules: Bundle, finding: str) -> dict[str, bool]:
    """Causes for (True) or against (False) which the finding alone counts, in one way only."""
    found = {}
    for cause in rules.causes.values():
        supports = {line.supports for line in cause.evidence if line.finding == finding}
        # What is made of the finding must not count the other way.
        made_of_it = {"all-of-it", "long-a"} if finding in "ab" else set()
        mixed = any(line.finding in made_of_it for line in cause.evidence)
        if len(supports) == 1 and not mixed and finding not in cause.excluded_by:
            found[cause.id] = supports.pop()
    return found


@given(bundles(), charts, st.sampled_from(PLAIN[1:]))
def test_a_finding_more_never_counts_against_its_direction(
    rules: Bundle, chart: list[Fact], name: str
) -> None:
    without = [fact for fact in chart if name not in fact.concepts]
    before = assessed(rules, *without)
    after = assessed(rules, *without, seen(name, progress=Progress.FINAL))
    told = after.findings.get(name)
    assert told is None or told.state is State.PRESENT
    for cause, supports in directions(rules, name).items():
        worse, better = (of(before, cause), of(after, cause))[:: 1 if supports else -1]
        assert better.score >= worse.score - _TINY
        if better.flagged is worse.flagged:
            assert _BANDS.index(better.band) >= _BANDS.index(worse.band)
            assert is_considered(better) or not is_considered(worse)


@given(bundles(), charts, st.data())
def test_order_and_repetition_change_nothing(
    rules: Bundle, chart: list[Fact], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*chart, *data.draw(st.lists(st.sampled_from(chart)))]))
    assert conclusions(assessed(rules, *chart)) == conclusions(assessed(rules, *again))


@given(bundles(), charts, st.lists(facts), st.data())
def test_irrelevant_facts_change_nothing(
    rules: Bundle, chart: list[Fact], others: list[Fact], data: st.DataObject
) -> None:
    foreign = [replace(fact, concepts=frozenset({"foreign"})) for fact in others]
    mixed = data.draw(st.permutations([*chart, *foreign]))
    assert conclusions(assessed(rules, *chart)) == conclusions(assessed(rules, *mixed))


@given(bundles(), charts, st.lists(facts, min_size=1))
def test_unknown_is_neither_for_nor_against(
    rules: Bundle, chart: list[Fact], others: list[Fact]
) -> None:
    open_ = [replace(fact, state=State.UNKNOWN) for fact in others]
    before, after = assessed(rules, *chart), assessed(rules, *chart, *open_)
    # But an unreadable preliminary result is still a result that is awaited.
    assert digest(before)[:-1] == digest(after)[:-1]


def shifted(fact: Fact, by: timedelta) -> Fact:
    dates = {name: getattr(fact, name) for name in ("at", "began", "ended")}
    return replace(fact, **{name: date + by for name, date in dates.items() if date is not None})


@given(bundles(), charts, st.timedeltas(timedelta(days=-9999), timedelta(days=9999)))
def test_shifting_all_dates_and_now_changes_nothing(
    rules: Bundle, chart: list[Fact], by: timedelta
) -> None:
    later = [shifted(fact, by) for fact in chart]
    assert digest(assessed(rules, *chart)) == digest(assessed(rules, *later, now=NOW + by))


def in_unit(fact: Fact, calcium: str, albumin: str) -> Fact:
    quantity = fact.quantity
    if quantity is None or quantity.value is None:
        return fact
    unit = albumin if "albumin" in fact.concepts else calcium
    scale = (GRAMS if "albumin" in fact.concepts else SCALES)[unit]
    low, high = (None if end is None else end * scale for end in (quantity.low, quantity.high))
    sent = replace(quantity, value=quantity.value * scale, unit=unit, low=low, high=high)
    return replace(fact, quantity=sent)


@given(
    bundles(),
    charts,
    st.lists(results(), min_size=1),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(sorted(GRAMS)),
)
def test_the_unit_changes_nothing(
    rules: Bundle, chart: list[Fact], more: list[Fact], calcium: str, albumin: str
) -> None:
    every = [*chart, *more]
    sent = [in_unit(fact, calcium, albumin) for fact in every]
    assert digest(assessed(rules, *every)) == digest(assessed(rules, *sent))


@given(bundles(), charts, st.data())
def test_an_absence_more_fires_no_flag_and_a_presence_more_silences_none(
    rules: Bundle, chart: list[Fact], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(PLAIN[1:]))
    before = {flag.red_flag.id for flag in assessed(rules, *chart).fired}
    no = {flag.red_flag.id for flag in assessed(rules, *chart, seen(name, State.ABSENT)).fired}
    yes = {flag.red_flag.id for flag in assessed(rules, *chart, seen(name)).fired}
    assert no <= before <= yes


@given(bundles(), charts)
def test_the_list_keeps_its_promises(rules: Bundle, chart: list[Fact]) -> None:
    assessment = assessed(rules, *chart)
    assert len(assessment.listed) <= assessment.service.caps.causes
    positions = [result.hidden is not None for result in assessment.causes]
    assert positions == sorted(positions)
    excluded_last = [result.cause.by_exclusion for result in assessment.listed]
    if not any(result.flagged for result in assessment.listed):
        assert excluded_last == sorted(excluded_last)
