"""The chart in brief: what was read as facts, from what, and what could not be read."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from orbicularis.facts.assessment import Assessment, FindingResult
from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.facts.fact import Fact, Progress, Source, State
from orbicularis.knowledge.finding import Finding
from orbicularis.pages.unit_text import unit_text
from orbicularis.web.workbench.finding_weights import finding_weights
from orbicularis.web.workbench.number_places import Places
from orbicularis.web.workbench.told import date_told

MOST_LINES = 100
"""Facts of one kind that are shown; a whole life may hold thousands."""
MOST_FINDINGS = 2
"""Findings of one fact that are shown at once; the others are opened."""
MOST_PLACES = 16
"""Places of one number that are changed together; what stands in more of them is only shown."""

_TITLES = {
    Source.CONDITION: "Problems",
    Source.REASON: "Reason for the visit",
    Source.FAMILY: "Family history",
    Source.MEDICATION: "Medicines",
    Source.PROCEDURE: "Procedures",
    Source.REQUEST: "Orders",
    Source.REPORT: "Reports",
    Source.DRAFT: "Being ordered",
}
_RESULTS, _SIGNS = "Results", "Symptoms and signs"
_ORDER = (
    "Reason for the visit", "Problems", _SIGNS, _RESULTS, "Medicines", "Procedures",
    "Family history", "Being ordered", "Orders", "Reports",
)  # fmt: skip
_WHOLE = frozenset({AnswerKind.ANSWERED, AnswerKind.EMPTY})
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact.

    Attributes:
        label: how the record words it.
        value: number and unit, where it cannot be changed here.
        number: the number, where it can.
        comparator: what stands before it.
        unit: what stands behind it.
        places: where the number stands in the request, as JSON.
        key: tells the line from all others, whatever its number.
        date: when it was so.
        reference: the resource.
        state: whether the record says that it is there.
        remark: how far the record has come, where that matters.
        shows: findings that are present by it.
        refutes: findings that are absent by it.
    """

    label: str
    value: str
    number: str
    comparator: str
    unit: str
    places: str
    key: str
    date: str
    reference: str
    state: State
    remark: str
    shows: tuple[FindingResult, ...]
    refutes: tuple[FindingResult, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind; ``beyond`` more are not shown."""

    title: str
    lines: tuple[Line, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A chart.

    Attributes:
        groups: its facts by kind.
        facts: how many there are.
        lacking: sources that did not say all that there is.
        most_findings: how many findings of one fact are shown at once.
    """

    groups: tuple[Group, ...]
    facts: int
    lacking: tuple[SourceAnswer, ...]
    most_findings: int = MOST_FINDINGS


def brief(assessment: Assessment, places: Places) -> Brief:
    """Arrange the facts of an assessment.

    Args:
        assessment: what came of the chart.
        places: where its numbers stand in the request.
    """
    chart = assessment.chart
    shown = _shown(assessment)
    by_title: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(chart.facts, key=_newest_first):
        by_title[_title(fact)].append(fact)
    answers = chart.answers.values()
    return Brief(
        groups=tuple(
            _group(title, by_title[title], shown, places) for title in _ORDER if by_title[title]
        ),
        facts=len(chart.facts),
        lacking=tuple(one for one in answers if one.kind not in _WHOLE),
    )


def _title(fact: Fact) -> str:
    if fact.source is Source.OBSERVATION:
        return _RESULTS if fact.quantity is not None else _SIGNS
    return _TITLES[fact.source]


def _newest_first(fact: Fact) -> tuple[float, str, str]:
    when = fact.at or fact.began or _LONG_AGO
    return (-when.timestamp(), fact.label.casefold(), fact.reference)


def _group(
    title: str, facts: list[Fact], shown: Mapping[Fact, tuple[FindingResult, ...]], places: Places
) -> Group:
    lines = tuple(_line(fact, shown.get(fact, ()), places) for fact in facts[:MOST_LINES])
    return Group(title, lines, max(0, len(facts) - MOST_LINES))


def _line(fact: Fact, shows: tuple[FindingResult, ...], places: Places) -> Line:
    quantity = fact.quantity
    number = None if quantity is None else quantity.value
    found = () if number is None else places.get((fact.reference, number), ())
    if len(found) > MOST_PLACES:
        found = ()
    return Line(
        label=fact.label or fact.source.value,
        value=unit_text(quantity.as_sent or "no number") if quantity else "",
        number=f"{number:.12g}" if found else "",
        comparator=(quantity.comparator or "") if quantity else "",
        unit=unit_text(quantity.unit or "") if quantity else "",
        places=json.dumps(found) if found else "",
        key=f"{fact.reference} {fact.label}",
        date=date_told(fact),
        reference=fact.reference,
        state=fact.state,
        remark=_remark(fact),
        shows=_in(State.PRESENT, shows),
        refutes=_in(State.ABSENT, shows),
    )


def _in(state: State, results: tuple[FindingResult, ...]) -> tuple[FindingResult, ...]:
    return tuple(one for one in results if one.state is state)


def _remark(fact: Fact) -> str:
    if fact.future:
        return "dated in the future"
    return "" if fact.progress in (Progress.FINAL, Progress.ACTIVE) else fact.progress.value


def _shown(assessment: Assessment) -> Mapping[Fact, tuple[FindingResult, ...]]:
    """The findings that each fact decides by itself; the weightiest first."""
    weights = finding_weights(assessment)

    def weight(result: FindingResult) -> tuple[float, str, str]:
        finding = result.finding
        return (-weights.get(finding.id, 0), finding.title.casefold(), finding.id)

    found: dict[Fact, list[FindingResult]] = defaultdict(list)
    for result in sorted(_simple(assessment), key=weight):
        for fact in dict.fromkeys(support.fact for support in result.supports):
            found[fact].append(result)
    return {fact: tuple(results) for fact, results in found.items()}


def _simple(assessment: Assessment) -> Iterator[FindingResult]:
    for result in assessment.touched.values():
        if result.state is not State.UNKNOWN and not _is_combined(result.finding):
            yield result


def _is_combined(finding: Finding) -> bool:
    return all(by.combination is not None for by in finding.recognised_by)
