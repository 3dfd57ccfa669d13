"""How findings, red flags and causes stand, worked out from how they stood before."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from orbicularis.facts.assessment import CauseResult, FindingResult, RedFlagResult
from orbicularis.knowledge.base import Urgency
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.findings import Findings
from orbicularis.reasoning.list_order import Rank, rank
from orbicularis.reasoning.ranking import Judge
from orbicularis.reasoning.red_flags import FlagRank, Watch, flag_rank

Flags = dict[str, tuple[FlagRank, RedFlagResult]]
"""Results of red flags by id, each with its place."""

Causes = dict[str, tuple[Rank, CauseResult]]
"""Results of causes by id, each with its place."""


class Standing(NamedTuple):
    """How all rules stand in one chart.

    Attributes:
        findings: every finding that was asked for, by id.
        flags: every red flag.
        causes: every cause.
        flagged: ids of the causes to which a critical red flag points.
    """

    findings: MutableMapping[str, FindingResult]
    flags: Flags
    causes: Causes
    flagged: frozenset[str]

    @property
    def red_flags(self) -> tuple[RedFlagResult, ...]:
        """Red flags: those that fired first, the most urgent before the others."""
        return tuple(result for _, result in sorted(self.flags.values(), key=itemgetter(0)))

    @property
    def ranked(self) -> list[CauseResult]:
        """Causes, the one to read first before the others."""
        return [result for _, result in sorted(self.causes.values(), key=itemgetter(0))]


class Bench:
    """Works out how rules stand; what no chart can change is prepared once."""

    def __init__(self, bundle: Bundle, service: Service) -> None:
        """Make red flags and causes ready, and note which findings they ask for."""
        self._watches = {key: Watch(rule) for key, rule in bundle.red_flags.items()}
        self._judges = {key: Judge(rule, service) for key, rule in bundle.causes.items()}
        self._watched = _by_finding({key: one.asks for key, one in self._watches.items()})
        self._judged = _by_finding({key: one.asks for key, one in self._judges.items()})

    def first(self, findings: Findings, now: datetime) -> Standing:
        """Evaluate every red flag and every cause."""
        flags = self._flags(self._watches, findings)
        flagged = _flagged(flags)
        causes = self._causes(self._judges, findings, flagged, now)
        ranked = sorted(causes.items(), key=lambda item: item[1][0])
        return Standing(findings.evaluated, flags, dict(ranked), flagged)

    def after(
        self, before: Standing, findings: Findings, changed: Iterable[str], now: datetime
    ) -> Standing:
        """Evaluate again what asks for a finding that has changed; all else stands."""
        changed = list(changed)
        watching = _asking(changed, self._watched)
        flags = {**before.flags, **self._flags(watching, findings)}
        flagged = _flagged(flags) if watching else before.flagged
        judging = _asking(changed, self._judged) | (flagged ^ before.flagged)
        causes = {**before.causes, **self._causes(judging, findings, flagged, now)}
        return Standing(ChainMap(findings.evaluated, before.findings), flags, causes, flagged)

    def _flags(self, some: Iterable[str], findings: Findings) -> Flags:
        results = {key: self._watches[key](findings) for key in some}
        return {key: (flag_rank(result), result) for key, result in results.items()}

    def _causes(
        self, some: Iterable[str], findings: Findings, flagged: frozenset[str], now: datetime
    ) -> Causes:
        results = {key: self._judges[key](findings, now, flagged=key in flagged) for key in some}
        return {key: (rank(result), result) for key, result in results.items()}


def _flagged(flags: Flags) -> frozenset[str]:
    """Causes to which a critical red flag points."""
    return frozenset(
        cause
        for _, flag in flags.values()
        if flag.fired and flag.red_flag.indicator is Urgency.CRITICAL
        for cause in flag.red_flag.points_to
    )


def _by_finding(asks: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Turn round which rule asks for which findings."""
    asking: dict[str, list[str]] = defaultdict(list)
    for rule, findings in asks.items():
        for finding in findings:
            asking[finding].append(rule)
    return dict(asking)


def _asking(findings: Iterable[str], by_finding: Mapping[str, list[str]]) -> set[str]:
    return {rule for finding in findings for rule in by_finding.get(finding, ())}
