"""Denials: why a token is not accepted, for the log alone."""

from enum import StrEnum


class Reason(StrEnum):
    """What was wrong, in fixed words: nothing of a token ever stands in the log."""

    NO_CREDENTIALS = "no-credentials"
    MALFORMED = "malformed"
    TYPE = "typ"
    CRITICAL = "crit"
    ALGORITHM = "algorithm"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    TIMES = "times"
    EXPIRED = "expired"
    NOT_YET = "not-yet-valid"
    LIFETIME = "lifetime"
    JTI = "jti"
    JKU = "jku"
    UNKNOWN_KEY = "unknown-key"
    KEYS_UNAVAILABLE = "keys-unavailable"
    SIGNATURE = "signature"
    REPLAY = "replay"
    REPLAYS_FULL = "replay-memory-full"


OURS = frozenset({Reason.KEYS_UNAVAILABLE, Reason.REPLAYS_FULL})
"""Reasons that an operator should look into: the token may have been good."""


class Denied(Exception):
    """A request whose sender is not known; what the client reads is the same for all reasons."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.value)
