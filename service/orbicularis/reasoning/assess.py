"""The assessment: facts and rules in, findings, red flags, causes and orders out."""

from datetime import UTC, datetime

from orbicularis.facts.assessment import Assessment, FindingResult
from orbicularis.facts.chart import Chart, Drafts
from orbicularis.facts.fact import State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.dates import is_within
from orbicularis.reasoning.expression import combination
from orbicularis.reasoning.findings import Findings, Recognitions
from orbicularis.reasoning.list_order import in_order
from orbicularis.reasoning.orders import OrderBook, OrderRules
from orbicularis.reasoning.recognition import fits
from orbicularis.reasoning.standing import Bench, Standing

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""The time of a chart without facts: nothing in it depends on the time."""

Situation = tuple[Drafts, tuple[State, ...]]
"""Who the patient is, as far as rules tell people apart, and whether drafts are known."""


def assess(chart: Chart, bundle: Bundle, service: Service) -> Assessment:
    """Assess one chart; for several with the same rules keep an ``Assessor``."""
    return Assessor(bundle, service)(chart)


class Assessor:
    """Assesses charts for one service; pure, and without memory of any patient.

    It starts from the ground: how all rules stand for somebody of that age and sex of whom
    nothing is recorded. Only what a chart can have changed is evaluated anew.
    """

    def __init__(self, bundle: Bundle, service: Service) -> None:
        """Make the rules ready, and work out how they stand for somebody quite unknown."""
        self._bundle = bundle
        self._service = service
        self._recognitions = Recognitions(bundle)
        self._bench = Bench(bundle, service)
        self._orders = OrderRules(bundle, service)
        self._warns_when = combination(service.warns_when) if service.warns_when else None
        patterns = (by.demographic for one in bundle.findings.values() for by in one.recognised_by)
        self._demographics = tuple(dict.fromkeys(one for one in patterns if one is not None))
        self._grounds: dict[Situation, Standing] = {}
        self._looked_at = bundle.asked.rests_on(service.index)
        nobody = Chart(patient_id="", encounter_id=None, hook_instance="", now=_NEVER)
        findings = Findings(nobody, bundle, self._recognitions)
        for finding in service.index:
            findings(finding)
        self._nothing = self._bench.first(findings, nobody.now)
        self._places = {finding: at for at, finding in enumerate(self._nothing.findings)}

    def __call__(self, chart: Chart) -> Assessment:
        """Assess one chart; silent (no causes, flags, orders) without an index finding."""
        service = self._service
        ground = self._ground(chart)
        findings = self._findings(chart, ground, is_drafted=any(f.placed for f in chart.facts))
        index = tuple(
            result for result in map(findings, service.index) if _speaks(result, service, chart)
        )
        if not index:
            return self._silent(chart, findings)
        changed = findings.changed(self._places)
        standing = self._bench.after(ground, findings, changed, chart.now)
        causes = in_order(standing.ranked, service.caps.causes)
        book = OrderBook(self._orders, findings)
        return Assessment(
            revision=self._bundle.revision,
            service=service,
            chart=chart,
            findings=standing.findings,
            touched=findings.evaluated,
            index=index,
            red_flags=standing.red_flags,
            causes=causes,
            orders=book.decide(standing.red_flags, causes),
            baseline=book.baseline,
            warns=self._warns_when is not None
            and self._warns_when(findings).state is State.PRESENT,
        )

    def _silent(self, chart: Chart, findings: Findings) -> Assessment:
        looked_at = {finding: findings(finding) for finding in self._looked_at}
        return Assessment(
            revision=self._bundle.revision,
            service=self._service,
            chart=chart,
            findings=looked_at,
            touched=looked_at,
            index=(),
            red_flags=(),
            causes=(),
            orders=(),
        )

    def _ground(self, chart: Chart) -> Standing:
        """How all rules stand for such a person without any fact; worked out once for each."""
        situation = (chart.drafts, tuple([fits(one, chart.person) for one in self._demographics]))
        ground = self._grounds.get(situation)
        if ground is None:
            bare = Chart(
                patient_id="",
                encounter_id=None,
                hook_instance="",
                now=_NEVER,
                person=chart.person,
                drafts=chart.drafts,
            )
            findings = self._findings(bare, self._nothing, is_drafted=True)
            changed = findings.changed(self._places)
            ground = self._bench.after(self._nothing, findings, changed, bare.now)
            self._grounds[situation] = ground = ground._replace(findings=dict(ground.findings))
        return ground

    def _findings(self, chart: Chart, ground: Standing, *, is_drafted: bool) -> Findings:
        situational = self._bundle.asked.situational if is_drafted else frozenset()
        return Findings(chart, self._bundle, self._recognitions, ground.findings, moved=situational)


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
