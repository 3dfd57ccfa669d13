"""Ranks one cause in a bundle of its own."""

from orbicularis.facts.assessment import CauseResult
from orbicularis.facts.fact import Fact
from orbicularis.knowledge.cause import Cause
from tests.support.bundles import bundle, finding
from tests.support.charts import assessed, seen

NAMES = ("a", "b", "c", "d")
"""Findings that the bundle has beside the index finding and the demographic ``old``."""


def ranked(one: Cause, *facts: Fact) -> CauseResult:
    rules = bundle(one, *map(finding, NAMES), finding("old", kind="demographic"))
    (told,) = assessed(rules, seen("twitching"), *facts).causes
    return told
