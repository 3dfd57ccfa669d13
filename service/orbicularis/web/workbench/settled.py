"""What would settle an unknown finding: orders that answer it, else where one would look."""

from orbicularis.knowledge.finding import Finding, Kind

_ANYWHERE = "history, examination or a test"
_LOOKED_UP = {
    Kind.SYMPTOM: "asking",
    Kind.CIRCUMSTANCE: "asking",
    Kind.COURSE: "asking since when",
    Kind.LABORATORY: "a test result",
    Kind.EXPOSURE: "the history, of medicines too",
    Kind.PROCEDURE: "the history and its records",
}
"""Kinds that are found in one way. A sign can be one of imaging, and a condition one of
the history as well as of a test."""


def settled_by(finding: Finding) -> str:
    """Say where one would look for a finding that no order of the rules answers."""
    if any(by.measurement is not None for by in finding.recognised_by):
        return "a measurement"
    return _LOOKED_UP.get(finding.kind, _ANYWHERE)
