"""The rules that are served now, and what became of the last attempt to renew them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from orbicularis.api.reload.fingerprint import Fingerprint
from orbicularis.api.serving import Serving


@dataclass(frozen=True, slots=True)
class Failure:
    """Why new rules were not taken.

    Attributes:
        at: when that was seen (UTC).
        errors: how many errors they have.
        place: file and line of the first, such as ``causes/tics.yaml:12``; None when it was
            not the rules' content that failed.
        code: code of the first problem, such as ``K310``, or the kind of failure.
    """

    at: datetime
    errors: int
    place: str | None
    code: str


class Live:
    """Holds what is served; everything here is changed by the event loop's thread alone.

    A request takes ``serving`` once, at its beginning, and stays with it to its end.

    Attributes:
        serving: the rules that are served.
        since: from when on (UTC).
        watched: True while the folders are watched.
        stale: True while what lies in the folders was refused, and older rules are served.
        seen: how the folders looked before the first rules were read; None when nobody looked.
        failure: the last time that new rules were refused; None when they never were.
    """

    __slots__ = ("failure", "seen", "serving", "since", "stale", "watched")

    def __init__(self, serving: Serving) -> None:
        """Serve these rules from now on."""
        self.serving = serving
        self.since = datetime.now(UTC)
        self.watched = False
        self.stale = False
        self.seen: Fingerprint | None = None
        self.failure: Failure | None = None

    def swap(self, serving: Serving) -> None:
        """Serve other rules, beginning with the next request."""
        self.serving = serving
        self.since = datetime.now(UTC)
        self.stale = False

    def refuse(self, failure: Failure) -> None:
        """Go on as before."""
        self.failure = failure
        self.stale = True
