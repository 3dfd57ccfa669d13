"""Release channels: from which status on a rule is served."""

from enum import StrEnum

from orbicularis.knowledge.base import Status


class MinStatus(StrEnum):
    """The least status of a rule that is served; retired rules never are."""

    DRAFT = "draft"
    ACTIVE = "active"

    @property
    def served(self) -> frozenset[Status]:
        """The statuses that are served."""
        return _SERVED[self]


_SERVED = {
    MinStatus.DRAFT: frozenset({Status.DRAFT, Status.ACTIVE}),
    MinStatus.ACTIVE: frozenset({Status.ACTIVE}),
}
