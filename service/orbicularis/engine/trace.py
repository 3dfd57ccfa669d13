"""The assessment as plain data, for machines: nothing is computed here, only told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from orbicularis.facts.assessment import (
    Assessment,
    CauseResult,
    EvidenceResult,
    FindingResult,
    OrderResult,
    RedFlagResult,
    Support,
)
from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import Fact

Data = dict[str, Any]


def trace(assessment: Assessment) -> Data:
    """Tell findings, causes, red flags and orders with every fact they rest on."""
    return {
        "revision": assessment.revision,
        "service": assessment.service.id,
        "chart": _chart(assessment.chart),
        "index": [result.finding.id for result in assessment.index],
        "red_flags": [_red_flag(result) for result in assessment.red_flags],
        "causes": [_cause(result) for result in assessment.causes],
        "orders": [_order(result) for result in assessment.orders],
        "findings": {key: _finding(result) for key, result in sorted(assessment.findings.items())},
    }


def _chart(chart: Chart) -> Data:
    return {
        "now": chart.now.isoformat(),
        "age_years": chart.person.age_years,
        "sex": chart.person.sex,
        "resources": chart.resources,
        "of_other_patients": chart.of_others,
        "drafts": chart.drafts.value,
        "sources": [
            _given(
                key=answer.key,
                answer=answer.kind.value,
                detail=answer.detail,
                not_fetched=answer.not_fetched,
            )
            for answer in chart.answers.values()
        ],
        "skipped": [
            {"reference": skipped.reference, "reason": skipped.reason} for skipped in chart.skipped
        ],
    }


def _finding(result: FindingResult) -> Data:
    return _given(
        title=result.finding.title,
        state=result.state.value,
        facts=[_support(support) for support in result.supports],
        undecided=[_support(support) for support in result.undecided],
    )


def _support(support: Support) -> Data:
    value, quantity = support.value, support.fact.quantity
    return _given(
        resource=support.fact.reference,
        says=support.state.value,
        words=support.fact.label,
        progress=support.fact.progress.value,
        **_dates(support.fact),
        value_as_sent=quantity.as_sent if quantity else None,
        value=value.number if value else None,
        unit=value.unit if value else None,
        corrected=value.corrected if value else None,
        albumin=value.albumin if value else None,
        notes=[note.value for note in support.notes],
    )


def _dates(fact: Fact) -> Data:
    dates = {"at": fact.at, "began": fact.began, "ended": fact.ended}
    return {name: _iso(date) for name, date in dates.items()}


def _iso(date: datetime | None) -> str | None:
    return None if date is None else date.isoformat()


def _cause(result: CauseResult) -> Data:
    return _given(
        id=result.cause.id,
        title=result.cause.title,
        listed=result.hidden is None,
        not_listed_because=result.hidden.value if result.hidden else None,
        by_findings=_ids(result.because),
        band=result.band.value if result.band else None,
        score=round(result.score, 4),
        prior=round(result.prior, 4),
        flagged=result.flagged,
        evidence=[_evidence(line) for line in result.evidence],
    )


def _evidence(line: EvidenceResult) -> Data:
    rule = line.evidence
    return _given(
        finding=rule.finding,
        counts_when=rule.when.value,
        direction="for" if rule.supports else "against",
        strength=rule.strength.value,
        group=rule.group,
        reason=rule.reason,
        references=list(rule.references),
        state=line.finding.state.value,
        why=line.why.value,
        counted=round(line.counted, 4),
    )


def _red_flag(result: RedFlagResult) -> Data:
    return _given(
        id=result.red_flag.id,
        title=result.red_flag.title,
        indicator=result.red_flag.indicator.value,
        fired=result.fired,
        state=result.state.value,
        found=_ids(result.found),
        missing=_ids(result.missing),
        unknown=_ids(result.unknown),
    )


def _order(result: OrderResult) -> Data:
    return _given(
        id=result.order.id,
        title=result.order.title,
        state=result.state.value,
        first_tier=result.first_tier,
        asked_by=list(result.asked_by),
        because_of=result.because.reference if result.because else None,
        settles=_ids(result.settles),
    )


def _ids(results: Iterable[FindingResult]) -> list[str]:
    return [result.finding.id for result in results]


def _given(**fields: Any) -> Data:
    """Leave out what there is none of, so that what is there can be read."""
    return {key: value for key, value in fields.items() if value is not None and value != []}
