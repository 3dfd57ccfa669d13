"""Ranking: the score of each cause, from prior odds and likelihood-ratio bands.

score = log10(prior odds) + sum of log10(likelihood ratio) over the evidence that counts.
"""

from collections.abc import Iterable
from math import log10

from orbicularis.facts.assessment import Band, CauseResult, EvidenceResult, Hidden, Why
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import CONSENSUS, Strength
from orbicularis.knowledge.cause import Cause, Evidence, Prior, When
from orbicularis.knowledge.finding import Kind
from orbicularis.knowledge.service import Ranking, Service
from orbicularis.reasoning.expression import Lookup

_BACKGROUND = frozenset({Kind.DEMOGRAPHIC, Kind.COURSE})


def judge(cause: Cause, service: Service, lookup: Lookup, flagged: frozenset[str]) -> CauseResult:
    """Score one cause and say whether it is listed, and if not, why."""
    evidence = weigh_evidence(cause.evidence, service.ranking, lookup)
    prior = log10(service.ranking.priors[cause.prior])
    score = prior + sum(line.counted for line in evidence)
    excluding = tuple(
        result for result in map(lookup, cause.excluded_by) if result.state is State.PRESENT
    )
    required = [lookup(finding) for finding in cause.requires]
    lacking = tuple(result for result in required if result.state is State.ABSENT)
    band = _band(score, service.ranking)
    if _is_defined(evidence):
        band = Band.WELL_SUPPORTED
    if band is Band.WELL_SUPPORTED and any(one.state is State.UNKNOWN for one in required):
        band = Band.POSSIBLE
    hidden = _hidden(cause, service, band, evidence)
    if cause.id in flagged:
        band, hidden = band if band is Band.WELL_SUPPORTED else Band.POSSIBLE, None
    if lacking:
        hidden = Hidden.REQUIREMENT_ABSENT
    if excluding:
        hidden = Hidden.EXCLUDED
    return CauseResult(
        cause=cause,
        score=score,
        prior=prior,
        band=band,
        evidence=evidence,
        hidden=hidden,
        because=excluding or lacking,
        flagged=cause.id in flagged,
    )


def weigh_evidence(
    lines: Iterable[Evidence], ranking: Ranking, lookup: Lookup
) -> tuple[EvidenceResult, ...]:
    """Count each line: one per group, consensus up to its cap, unknown not at all.

    A group adds up to its strongest line. Where that one is consensus, it counts for what it
    adds to the strongest measured one, so that a finding more never makes a cause less likely.
    """
    rules = tuple(lines)
    results = [lookup(line.finding) for line in rules]
    counted: dict[int, float] = {}
    why = {
        at: Why.UNKNOWN if result.state is State.UNKNOWN else Why.NOT_SEEN
        for at, result in enumerate(results)
    }
    room = {True: log10(ranking.consensus_cap), False: log10(ranking.consensus_cap)}
    groups: dict[tuple[bool, str], float] = {}
    seen = [at for at, result in enumerate(results) if result.state.value == rules[at].when.value]
    for at in sorted(seen, key=lambda at: (_is_consensus(rules[at]), -_weight(rules[at], ranking))):
        line = rules[at]
        group = (line.supports, line.group or f"line {at}")
        weight = _weight(line, ranking) - groups.get(group, 0.0)
        if weight <= 0:
            why[at] = Why.IN_GROUP
            continue
        if _is_consensus(line):
            weight = min(weight, room[line.supports])
            room[line.supports] -= weight
        groups[group] = groups.get(group, 0.0) + weight
        why[at] = Why.COUNTED if weight > 0 else Why.CAPPED
        counted[at] = weight if line.supports else -weight
    return tuple(
        EvidenceResult(line, result, why[at], counted.get(at, 0.0))
        for at, (line, result) in enumerate(zip(rules, results, strict=True))
    )


def _weight(line: Evidence, ranking: Ranking) -> float:
    return log10(ranking.likelihood_ratios[line.strength])


def _is_consensus(line: Evidence) -> bool:
    return all(reference == CONSENSUS for reference in line.references)


def _band(score: float, ranking: Ranking) -> Band | None:
    bands = ranking.bands
    for band, odds in (
        (Band.WELL_SUPPORTED, bands.well_supported),
        (Band.POSSIBLE, bands.possible),
        (Band.LESS_LIKELY, bands.less_likely),
    ):
        # Sums of logarithms carry rounding errors; a cut-off must not depend on them.
        if score >= log10(odds) - 1e-9:
            return band
    return None


def _is_defined(evidence: tuple[EvidenceResult, ...]) -> bool:
    """A definition that is met settles the band, unless something strong speaks against it."""
    counting = [line for line in evidence if line.counted]
    opposed = any(
        not line.evidence.supports and line.evidence.strength is Strength.STRONG
        for line in counting
    )
    met = (line for line in evidence if line.evidence.defines and line.speaks)
    return not opposed and any(True for _ in met)


def _hidden(
    cause: Cause, service: Service, band: Band | None, evidence: tuple[EvidenceResult, ...]
) -> Hidden | None:
    if not any(_lists(line, cause, service) for line in evidence):
        return Hidden.NO_SUPPORT
    return Hidden.BELOW_CUT_OFF if band is None else None


def _lists(line: EvidenceResult, cause: Cause, service: Service) -> bool:
    """The presenting finding, age, course or an absence alone must not list a rare cause."""
    if not line.speaks or not line.evidence.supports:
        return False
    finding = line.finding.finding
    return cause.prior is not Prior.RARE or (
        line.evidence.when is When.PRESENT
        and finding.id not in service.index
        and finding.kind not in _BACKGROUND
    )
