"""The assessment: facts and rules in, findings, red flags, causes and orders out."""

from orbicularis.facts.assessment import Assessment, FindingResult
from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.dates import is_within
from orbicularis.reasoning.findings import Findings
from orbicularis.reasoning.list_order import in_order
from orbicularis.reasoning.orders import OrderBook
from orbicularis.reasoning.ranking import judge
from orbicularis.reasoning.red_flags import raise_flags


def assess(chart: Chart, bundle: Bundle, service: Service) -> Assessment:
    """Assess one chart; pure, and silent (no causes, flags, orders) without an index finding."""
    findings = Findings(chart, bundle)
    index = tuple(
        result for result in map(findings, service.index) if _speaks(result, service, chart)
    )
    if not index:
        return _assessment(chart, bundle, service, findings, index)
    flags = raise_flags(bundle.red_flags.values(), findings)
    critical = frozenset(
        cause
        for flag in flags
        if flag.fired and flag.red_flag.indicator is Urgency.CRITICAL
        for cause in flag.red_flag.points_to
    )
    results = [judge(cause, service, findings, critical) for cause in bundle.causes.values()]
    causes = in_order(results, service.caps.causes)
    orders = OrderBook(bundle, service, findings).decide(flags, causes)
    return Assessment(
        revision=bundle.revision,
        service=service,
        chart=chart,
        findings=findings.evaluated,
        index=index,
        red_flags=flags,
        causes=causes,
        orders=orders,
    )


def _assessment(
    chart: Chart,
    bundle: Bundle,
    service: Service,
    findings: Findings,
    index: tuple[FindingResult, ...],
) -> Assessment:
    return Assessment(
        revision=bundle.revision,
        service=service,
        chart=chart,
        findings=findings.evaluated,
        index=index,
        red_flags=(),
        causes=(),
        orders=(),
    )


def _speaks(result: FindingResult, service: Service, chart: Chart) -> bool:
    """An index finding speaks while it is present and its record is recent enough."""
    return result.state is State.PRESENT and (
        not result.supports
        or any(
            support.fact.progress == "active"
            or is_within(support.fact, service.speaks_for, chart.now)
            for support in result.supports
        )
    )
