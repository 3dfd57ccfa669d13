"""How much each finding counts in what an answer says."""

from collections import defaultdict
from collections.abc import Mapping
from math import inf

from orbicularis.facts.assessment import Assessment


def finding_weights(assessment: Assessment) -> Mapping[str, float]:
    """Add up what each finding counts, in log10 odds without sign, over the listed causes.

    A finding by which a red flag fired outweighs all others.
    """
    weights: dict[str, float] = defaultdict(float)
    for result in assessment.listed:
        for line in result.evidence:
            weights[line.evidence.finding] += abs(line.counted)
    for flag in assessment.fired:
        weights.update(dict.fromkeys((one.finding.id for one in flag.found), inf))
    return weights
