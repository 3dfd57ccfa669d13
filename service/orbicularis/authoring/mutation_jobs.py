"""Trying mutants in several processes at once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from orbicularis.authoring.mutant import Mutant
from orbicularis.authoring.mutation import Trial, Verdict
from orbicularis.authoring.suite import Case
from orbicularis.knowledge.bundle import Bundle

_AT_ONCE = 8
_here: list[tuple[Bundle, Sequence[Case]]] = []
"""Of a worker process: what it was given when it began."""


def verdicts(
    mutants: Sequence[Mutant], bundle: Bundle, cases: Sequence[Case], jobs: int
) -> Iterator[Verdict]:
    """Yield what becomes of each mutant, in their order.

    Args:
        mutants: the changes.
        bundle: the rules as they are.
        cases: the vignettes.
        jobs: number of processes.

    Raises:
        AlreadyFailing: when vignettes fail with the rules as they are.
    """
    if jobs == 1:
        yield from map(Trial(bundle, cases), mutants)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(bundle, cases)) as pool:
        yield from pool.map(_tried, mutants, chunksize=_AT_ONCE)


def _begin(bundle: Bundle, cases: Sequence[Case]) -> None:
    _here.append((bundle, cases))


@cache
def _trial() -> Trial:
    """Made with the first mutant, so that what stands in its way is told."""
    return Trial(*_here[0])


def _tried(mutant: Mutant) -> Verdict:
    return _trial()(mutant)
