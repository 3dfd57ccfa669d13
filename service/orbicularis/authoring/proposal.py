"""What may be changed in a rule: a proposal, before it is known to be a sound rule."""

from dataclasses import dataclass

from orbicularis.authoring.edit import Edit
from orbicularis.authoring.mutant import Kind
from orbicularis.knowledge.source import Steps


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change, as edits of the rule's plain data.

    Attributes:
        kind: what sort of thing is changed.
        name: what is changed.
        steps: where it stands.
        edits: made one after the other.
        hint: which vignette would notice.
        at: for evidence, which line of the cause it is; else None.
    """

    kind: Kind
    name: str
    steps: Steps
    edits: tuple[Edit, ...]
    hint: str
    at: int | None = None
