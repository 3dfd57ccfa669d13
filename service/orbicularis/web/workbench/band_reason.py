"""Why the band of a cause is another than the one in which its bar ends."""

from math import log10

from orbicularis.facts.assessment import Band, CauseResult, EvidenceResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.finding import Kind
from orbicularis.knowledge.service import Bands

_ROUNDING = 1e-9


def band_reason(result: CauseResult, bands: Bands) -> str:
    """Say what settles the band, where it is not the odds; empty where it is.

    A definition raises it to well supported, and a requirement that is not known holds it at
    possible; what a critical red flag raises is told by the flag.
    """
    reaches = result.score >= log10(bands.well_supported) - _ROUNDING
    if result.band is Band.WELL_SUPPORTED:
        return "" if reaches else _definitions(result)
    if result.band is Band.POSSIBLE and (reaches or _definitions(result)):
        return _not_known(result)
    return ""


def _definitions(result: CauseResult) -> str:
    met = [line for line in result.evidence if line.evidence.defines and line.speaks]
    said = (
        ("it is the definition", [line for line in met if not _is_recorded(line)]),
        ("it is on record", [line for line in met if _is_recorded(line)]),
    )
    return "; ".join(
        f"{words} ({', '.join(line.evidence.reason for line in lines)})"
        for words, lines in said
        if lines
    )


def _is_recorded(line: EvidenceResult) -> bool:
    """True for the diagnosis itself, which its definition need not be told for."""
    return line.finding.finding.kind is Kind.CONDITION


def _not_known(result: CauseResult) -> str:
    required = set(result.cause.requires)
    unknown = [
        line.finding.finding.phrase
        for line in result.evidence
        if line.evidence.finding in required and line.finding.state is State.UNKNOWN
    ]
    named = f" ({', '.join(dict.fromkeys(unknown))})" if unknown else ""
    return f"no more while what it requires is not known{named}"
