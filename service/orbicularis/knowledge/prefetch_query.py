"""The FHIR query of a prefetch template, with the codes of its measurements appended."""

from collections.abc import Mapping

from orbicularis.knowledge.concept import Concept
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.service import Prefetch


def codes_of(
    prefetch: Prefetch,
    measurements: Mapping[str, Measurement],
    concepts: Mapping[str, Concept],
) -> tuple[str, ...]:
    """Return the bare codes of one system by which its measurements are sent, each once."""
    return tuple(
        dict.fromkeys(
            code.code
            for name in prefetch.codes_of
            if name in measurements
            for key in measurements[name].codes
            if key in concepts
            for code in concepts[key].codes
            if code.system == prefetch.code_system
        )
    )


def query_of(
    prefetch: Prefetch,
    measurements: Mapping[str, Measurement],
    concepts: Mapping[str, Concept],
) -> str:
    """Return the query as it stands in discovery; codes are joined by commas (any of them)."""
    codes = codes_of(prefetch, measurements, concepts)
    if not codes:
        return prefetch.query
    separator = "&" if "?" in prefetch.query else "?"
    return f"{prefetch.query}{separator}code={','.join(codes)}"
