"""The entrance for calls: guarded, or open to everybody."""

from typing import Protocol

from starlette.requests import Request

from orbicularis.api.auth.client import Client
from orbicularis.api.metrics.doors import DoorMetrics
from orbicularis.api.settings import Settings


class Entrance(Protocol):
    """What lets a request in."""

    async def warm(self) -> None:
        """Get ready ahead of the first call; never fails."""

    async def close(self) -> None:
        """Stop what is under way."""

    async def admit(self, request: Request) -> Client | None:
        """Find out who calls; None where nobody is asked.

        Raises:
            Refusal: 401, the same for every token that is not accepted.
        """


class OpenEntrance:
    """Lets everybody in and asks nothing."""

    async def warm(self) -> None:
        """Nothing to get ready."""

    async def close(self) -> None:
        """Nothing is under way."""

    async def admit(self, request: Request) -> Client | None:
        """Anybody."""
        return None


def entrance(settings: Settings, counts: DoorMetrics | None = None) -> Entrance:
    """Make the entrance that the settings ask for.

    Args:
        settings: who is let in.
        counts: where who is not let in is counted.

    Raises:
        ValueError: ``ORBICULARIS_JWT_JWKS`` cannot be used; in words for the operator.
    """
    if not settings.authenticates:
        return OpenEntrance()
    # Imported here: where nobody is asked, nobody need wait for the cryptography either.
    from orbicularis.api.auth.guard import Guard

    return Guard(settings, counts=counts)
