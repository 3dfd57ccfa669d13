"""Changes of a cause: its lines of evidence, what it requires and what excludes it."""

from collections.abc import Iterator

from orbicularis.authoring.edit import GONE, Edit
from orbicularis.authoring.mutant import Kind
from orbicularis.authoring.proposal import Proposal
from orbicularis.knowledge.base import Strength
from orbicularis.knowledge.cause import Cause, Evidence

_STRENGTHS = tuple(Strength)


def of_cause(cause: Cause) -> Iterator[Proposal]:
    """Yield every change: one line dropped, turned round or stepped, one exclusion dropped."""
    for at, line in enumerate(cause.evidence):
        yield from _of_line(cause, line, at)
    for key in ("excluded_by", "requires"):
        for at, finding in enumerate(getattr(cause, key)):
            what = "is present" if key == "excluded_by" else "is absent, and one where unknown"
            yield Proposal(
                Kind.EXCLUSION,
                f"{key.replace('_', ' ')} {finding}: dropped",
                (key, at),
                (((key, at), GONE),),
                f"a patient with {cause.id} in whom {finding} {what}",
            )


def _of_line(cause: Cause, line: Evidence, at: int) -> Iterator[Proposal]:
    name = f"evidence {line.finding} {line.when.value}"
    steps = ("evidence", at)
    own, other = ("for", "against") if line.supports else ("against", "for")
    hint = f"the band or the place of {cause.id} where {line.finding} is {line.when.value}"
    decides = f"{hint}, and little else decides"
    yield Proposal(Kind.EVIDENCE, f"{name}: dropped", steps, ((steps, GONE),), hint, at)
    turned: list[Edit] = [((*steps, own), GONE), ((*steps, other), line.strength.value)]
    if line.defines:
        turned.append(((*steps, "defines"), GONE))
    yield Proposal(
        Kind.DIRECTION, f"{name}: {other} instead of {own}", (*steps, own), tuple(turned), hint, at
    )
    rank = _STRENGTHS.index(line.strength)
    for neighbour in (rank - 1, rank + 1):
        if 0 <= neighbour < len(_STRENGTHS):
            strength = _STRENGTHS[neighbour].value
            yield Proposal(
                Kind.STRENGTH,
                f"{name}: {strength} instead of {line.strength.value}",
                (*steps, own),
                (((*steps, own), strength),),
                decides,
                at,
            )
