"""Findings of one chart, each evaluated once and only when something asks for it."""

from collections.abc import Mapping
from weakref import proxy

from orbicularis.facts.assessment import FindingResult
from orbicularis.facts.chart import Chart
from orbicularis.knowledge.bundle import Bundle
from orbicularis.reasoning.fact_index import FactIndex
from orbicularis.reasoning.recognition import Recognition, Seen
from orbicularis.reasoning.values import Readings

_NOTHING: Mapping[str, FindingResult] = {}


class Recognitions(dict[str, Recognition]):
    """The recognitions of a bundle by the finding's id, each made ready when first asked for."""

    def __init__(self, bundle: Bundle) -> None:
        """Keep the rules."""
        super().__init__()
        self.bundle = bundle

    def __missing__(self, finding_id: str) -> Recognition:
        """Make one ready."""
        made = self[finding_id] = Recognition(self.bundle.findings[finding_id], self.bundle)
        return made


class Findings:
    """Look-up of finding results by id.

    Findings that nothing in a chart can have changed are not evaluated: they stand as they
    stood on the ground, where nothing is recorded.
    """

    def __init__(
        self,
        chart: Chart,
        bundle: Bundle,
        recognitions: Recognitions | None = None,
        ground: Mapping[str, FindingResult] = _NOTHING,
        moved: frozenset[str] = frozenset(),
    ) -> None:
        """Arrange the chart's facts; nothing is evaluated yet.

        Args:
            chart: what was read.
            bundle: the rules.
            recognitions: the findings made ready, where that was done before.
            ground: results of a chart without facts; without it every finding is evaluated.
            moved: findings that may differ from the ground for other reasons than a fact.
        """
        asked = bundle.asked
        self.facts = FactIndex(chart)
        # What is of a patient is let go with the answer, and not when garbage is next collected:
        # nothing here leads back to itself.
        self.readings = Readings(self.facts, bundle.measurements, proxy(self))
        self._recognitions = Recognitions(bundle) if recognitions is None else recognitions
        self._chart = chart
        self._made_of = asked.made_of
        self._ground = ground
        self._spoken_of = self.facts.findings(asked)
        self._moved = self._spoken_of | moved
        self._reached = asked.reached_from(self._moved)
        self._results: dict[str, FindingResult] = {}

    def __call__(self, finding_id: str) -> FindingResult:
        """Give the result of one finding."""
        result = self._results.get(finding_id)
        if result is not None:
            return result
        before = self._ground.get(finding_id)
        if before is not None and finding_id not in self._reached:
            return before
        result = self._results[finding_id] = self._evaluated(finding_id, before)
        return result

    @property
    def evaluated(self) -> dict[str, FindingResult]:
        """Findings that were looked at here; those left out stand as on the ground."""
        return self._results

    def changed(self, order: Mapping[str, int]) -> list[str]:
        """Findings that stand otherwise than on the ground, in the order given."""
        reached = sorted(self._reached & order.keys(), key=order.__getitem__)
        return [finding for finding in reached if self(finding) is not self._ground[finding]]

    def _evaluated(self, finding_id: str, before: FindingResult | None) -> FindingResult:
        """Evaluate a finding, unless nothing that it rests on has changed after all."""
        if before is not None and not self._is_moved(finding_id):
            return before
        is_spoken_of = finding_id in self._spoken_of
        seen = Seen(self._chart, self.facts, self.readings, self)
        result = self._recognitions[finding_id].result(seen, is_spoken_of=is_spoken_of)
        return before if before is not None and _same(result, before) else result

    def _is_moved(self, finding_id: str) -> bool:
        """Tell whether a record speaks of it, or a finding that it is made of has changed."""
        if finding_id in self._moved:
            return True
        ground = self._ground
        return any(self(other) is not ground.get(other) for other in self._made_of[finding_id])


def _same(result: FindingResult, ground: FindingResult) -> bool:
    """On the ground no fact supports anything, nor leaves it undecided."""
    return result.state is ground.state and not result.supports and not result.undecided
