"""The picture of the ranking: for each listed cause where its odds begin and what moves them.

Nothing is weighed here: prior, weights and scores are those of the assessment, and only laid
out along a scale of log10 odds, in per cent of the width.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from orbicularis.facts.assessment import Assessment, CauseResult, EvidenceResult
from orbicularis.knowledge.service import Bands
from orbicularis.web.workbench.band_reason import band_reason
from orbicularis.web.workbench.told import Told, told

_LEAST, _MOST = -3.0, 2.0
"""What the scale spans at least, so that it seldom changes while one edits."""
MOST_FACTS = 4
"""Facts that are told of one line; a pulse may have been counted a thousand times."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of evidence that counted.

    Attributes:
        key: tells it from all others, whatever it counts.
        line: the evidence.
        left: where it begins, in per cent.
        width: how far it reaches, in per cent.
        facts: what it rests on.
        further: how many more facts there are.
    """

    key: str
    line: EvidenceResult
    left: float
    width: float
    facts: tuple[Told, ...]
    further: int = 0

    @property
    def supports(self) -> bool:
        """True when it is for the cause."""
        return self.line.counted > 0

    @property
    def factor(self) -> str:
        """What it multiplies or divides the odds by."""
        return f"{10 ** abs(self.line.counted):.3g}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One cause.

    Attributes:
        rank: its number in the list.
        result: as assessed.
        prior: place where its odds begin, in per cent.
        end: place where they come to, in per cent.
        segments: what moves them.
        band_reason: what settles its band, where that is not the place of its end.
    """

    rank: int
    result: CauseResult
    prior: float
    end: float
    segments: tuple[Segment, ...]
    band_reason: str = ""

    @property
    def gains(self) -> tuple[Segment, ...]:
        """What counted for it, the weightiest first."""
        return tuple(one for one in self.segments if one.supports)

    @property
    def losses(self) -> tuple[Segment, ...]:
        """What counted against it, the weightiest first."""
        return tuple(one for one in self.segments if not one.supports)


@dataclass(frozen=True, slots=True)
class Zone:
    """A band of odds: where it begins, and how wide it is, in per cent."""

    name: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars of all listed causes in their order, over the bands."""

    bars: tuple[Bar, ...]
    zones: tuple[Zone, ...]


class _Scale:
    """From log10 odds to per cent of the width."""

    def __init__(self, least: float, most: float) -> None:
        self._least = least
        self._span = most - least

    def __call__(self, score: float) -> float:
        return round(100 * (score - self._least) / self._span, 3)


def picture(assessment: Assessment) -> Picture:
    """Lay out the listed causes."""
    listed = assessment.listed
    ends = [end for result in listed for end in _reach(result)]
    least = min(_LEAST, *(floor(end) for end in ends)) if ends else _LEAST
    most = max(_MOST, *(ceil(end) for end in ends)) if ends else _MOST
    at = _Scale(least, most)
    bands = assessment.service.ranking.bands
    return Picture(
        tuple(_bar(rank, result, at, bands) for rank, result in enumerate(listed, start=1)),
        tuple(_zones(bands, at, most)),
    )


def _reach(result: CauseResult) -> tuple[float, float, float]:
    gained = sum(line.counted for line in result.evidence if line.counted > 0)
    return result.prior, result.prior + gained, result.score


def _bar(rank: int, result: CauseResult, at: _Scale, bands: Bands) -> Bar:
    return Bar(
        rank=rank,
        result=result,
        prior=at(result.prior),
        end=at(result.score),
        segments=tuple(_segments(result, at)),
        band_reason=band_reason(result, bands),
    )


def _segments(result: CauseResult, at: _Scale) -> Iterator[Segment]:
    """Gains reach on to the right, losses back from where these have come to."""
    counted = [line for line in result.evidence if line.counted]
    position = result.prior
    for line in sorted(counted, key=lambda line: (line.counted < 0, -abs(line.counted))):
        left, right = sorted((position, position + line.counted))
        position += line.counted
        rule, facts = line.evidence, told(line.finding.supports)
        yield Segment(
            key=f"{result.cause.id} {rule.finding} {rule.when}",
            line=line,
            left=at(left),
            width=round(at(right) - at(left), 3),
            facts=facts[:MOST_FACTS],
            further=max(0, len(facts) - MOST_FACTS),
        )


def _zones(bands: Bands, at: _Scale, most: float) -> Iterator[Zone]:
    cuts = (
        ("less likely", bands.less_likely),
        ("possible", bands.possible),
        ("well supported", bands.well_supported),
    )
    ends = [at(log10(odds)) for _, odds in cuts] + [at(most)]
    for (name, _), left, right in zip(cuts, ends, ends[1:], strict=False):
        yield Zone(name, left, round(right - left, 3))
