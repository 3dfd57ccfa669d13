"""A client that has proved who it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Client:
    """Who calls.

    Attributes:
        issuer: the ``iss`` of its token; one of those that are listed, so that it may stand in
            logs and metrics.
    """

    issuer: str
