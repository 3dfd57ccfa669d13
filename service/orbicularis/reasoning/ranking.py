"""Ranking: the score of each cause, from prior odds and likelihood-ratio bands.

score = log10(prior odds) + sum of log10(likelihood ratio) over the evidence that counts.
"""

from datetime import datetime
from math import log10

from orbicularis.facts.assessment import Band, CauseResult, EvidenceResult, Hidden
from orbicularis.facts.fact import State
from orbicularis.knowledge.base import Strength
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.service import Service
from orbicularis.reasoning.evidence import Scales
from orbicularis.reasoning.expression import Lookup
from orbicularis.reasoning.known import is_known


class Judge:
    """Scores one cause; what no chart can change is worked out beforehand."""

    def __init__(self, cause: Cause, service: Service) -> None:
        """Keep the cause with its evidence weighed."""
        self.cause = cause
        self._known_after = service.known_after
        self._scales = Scales(cause, service)
        self._prior = log10(service.ranking.priors[cause.prior])
        bands = service.ranking.bands
        self._cut_offs = (
            # Sums of logarithms carry rounding errors; a cut-off must not depend on them.
            (Band.WELL_SUPPORTED, log10(bands.well_supported) - 1e-9),
            (Band.POSSIBLE, log10(bands.possible) - 1e-9),
            (Band.LESS_LIKELY, log10(bands.less_likely) - 1e-9),
        )

    @property
    def asks(self) -> frozenset[str]:
        """Every finding that can change the result."""
        cause = self.cause
        evidence = (line.finding for line in cause.evidence)
        return frozenset((*evidence, *cause.requires, *cause.excluded_by, *cause.known_by))

    def __call__(self, lookup: Lookup, now: datetime, *, flagged: bool) -> CauseResult:
        """Score the cause and say whether it is listed, and if not, why.

        Args:
            lookup: gives findings.
            now: the time of the call.
            flagged: True when a critical red flag points to it.
        """
        cause = self.cause
        evidence = self._scales.weigh(lookup)
        score = self._prior + sum([line.counted for line in evidence])
        excluding = tuple(
            result for result in map(lookup, cause.excluded_by) if result.state is State.PRESENT
        )
        required = [lookup(finding) for finding in cause.requires]
        lacking = tuple(result for result in required if result.state is State.ABSENT)
        band = Band.WELL_SUPPORTED if _is_defined(evidence) else self._band(score)
        if band is Band.WELL_SUPPORTED and any(one.state is State.UNKNOWN for one in required):
            band = Band.POSSIBLE
        hidden = Hidden.BELOW_CUT_OFF if band is None else None
        if not self._scales.lists(evidence):
            hidden = Hidden.NO_SUPPORT
        if flagged:
            band, hidden = band if band is Band.WELL_SUPPORTED else Band.POSSIBLE, None
        if lacking:
            hidden = Hidden.REQUIREMENT_ABSENT
        if excluding:
            hidden = Hidden.EXCLUDED
        return CauseResult(
            cause=cause,
            score=score,
            prior=self._prior,
            band=band,
            evidence=evidence,
            hidden=hidden,
            because=excluding or lacking,
            flagged=flagged,
            known=is_known(map(lookup, cause.known_by), self._known_after, now),
        )

    def _band(self, score: float) -> Band | None:
        return next((band for band, least in self._cut_offs if score >= least), None)


def _is_defined(evidence: tuple[EvidenceResult, ...]) -> bool:
    """A definition that is met settles the band, unless something strong speaks against it."""
    if not any(line.evidence.defines and line.speaks for line in evidence):
        return False
    return not any(
        line.counted and not line.evidence.supports and line.evidence.strength is Strength.STRONG
        for line in evidence
    )
