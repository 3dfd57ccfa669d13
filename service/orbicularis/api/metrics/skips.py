"""Why resources were left aside, in a fixed set of words.

The reasons in a chart are made for people and some hold the shape of what was sent; a label
must be one of few.
"""

from orbicularis.facts.chart import Skipped

UNREADABLE = "unreadable"
OTHER_PATIENT = "other-patient"

_BEGINNINGS = (
    ("what it refers to as the medicine", "medicine-not-sent"),
    ("there is no readable resource", "no-resource"),
    ("only the first", "text-cut-short"),
    ("no kind of order", "unknown-order-kind"),
)

REASONS = frozenset({UNREADABLE, OTHER_PATIENT, *(word for _, word in _BEGINNINGS)})
"""Every word that may be the value of the label."""


def reason(skipped: Skipped) -> str:
    """The word for it."""
    return next(
        (word for beginning, word in _BEGINNINGS if skipped.reason.startswith(beginning)),
        UNREADABLE,
    )
