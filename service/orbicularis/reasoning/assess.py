"""The assessment: facts and rules in, findings, red flags, causes and orders out."""

from dataclasses import replace

from orbicularis.facts.assessment import Assessment, FindingResult
from orbicularis.facts.chart import Chart
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.expression import Expression
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.dates import is_within
from orbicularis.reasoning.expression import evaluate
from orbicularis.reasoning.findings import Findings
from orbicularis.reasoning.known import mark_known
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
    silent = Assessment(
        revision=bundle.revision,
        service=service,
        chart=chart,
        findings=findings.evaluated,
        index=index,
        red_flags=(),
        causes=(),
        orders=(),
    )
    if not index:
        return silent
    flags = raise_flags(bundle.red_flags.values(), findings)
    critical = frozenset(
        cause
        for flag in flags
        if flag.fired and flag.red_flag.indicator is Urgency.CRITICAL
        for cause in flag.red_flag.points_to
    )
    results = [judge(cause, service, findings, critical) for cause in bundle.causes.values()]
    known = mark_known(results, findings, service.known_after, chart.now)
    causes = in_order(known, service.caps.causes)
    book = OrderBook(bundle, service, findings)
    return replace(
        silent,
        red_flags=flags,
        causes=causes,
        orders=book.decide(flags, causes),
        baseline=book.baseline,
        warns=_holds(service.warns_when, findings),
    )


def _holds(expression: Expression | None, findings: Findings) -> bool:
    return expression is not None and evaluate(expression, findings).state is State.PRESENT


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
