"""The numbers of the ranking: complete, and in the order that their names promise."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import Strength
from orbicularis.knowledge.cause import Prior
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service

N = TypeVar("N", bound=str)


def ranking_is_complete(rules: Rules) -> Iterator[Problem]:
    """Tell every prior and strength for which a service gives no number."""
    for file, service in rules.each(Service):
        ranking = service.ranking
        yield from _missing(file, "priors", ranking.priors, list(Prior))
        yield from _missing(file, "likelihood_ratios", ranking.likelihood_ratios, list(Strength))


def ranking_is_ordered(rules: Rules) -> Iterator[Problem]:
    """Tell numbers that do not fall from strong to weak, common to rare, band to band."""
    for file, service in rules.each(Service):
        ranking = service.ranking
        bands = ranking.bands.model_dump()
        yield from _falling(file, "priors", ranking.priors, list(Prior))
        yield from _falling(file, "likelihood_ratios", ranking.likelihood_ratios, list(Strength))
        yield from _falling(file, "bands", bands, list(bands))


def _missing(
    file: RuleFile, key: str, numbers: Mapping[N, float], names: Sequence[N]
) -> Iterator[Problem]:
    lacking = [str(name) for name in names if name not in numbers]
    if lacking:
        what = f"{key} give no number for {', '.join(lacking)}"
        yield file.problem("K511", ("ranking", key), what, of_key=True)


def _falling(
    file: RuleFile, key: str, numbers: Mapping[N, float], names: Sequence[N]
) -> Iterator[Problem]:
    given = [name for name in names if name in numbers]
    for higher, lower in pairwise(given):
        if numbers[lower] >= numbers[higher]:
            what = f"{lower} ({numbers[lower]:g}) is not below {higher} ({numbers[higher]:g})"
            yield file.problem("K512", ("ranking", key, str(lower)), what)
