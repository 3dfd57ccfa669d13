"""What ``GET /readyz`` says: which rules are served, since when, and how reloading went."""

from datetime import UTC, datetime

from orbicularis.api.models.health import FailedReload, Readiness, Reload
from orbicularis.api.reload.live import Live


def ready(live: Live) -> Readiness:
    """Say it of this process; every worker tells of itself."""
    failure = live.failure
    return Readiness(
        bundle=live.serving.rules,
        served_since=live.since,
        age_seconds=max(0, int((datetime.now(UTC) - live.since).total_seconds())),
        reload=Reload(
            watched=live.watched,
            stale=live.stale,
            last_failure=None
            if failure is None
            else FailedReload(
                at=failure.at, errors=failure.errors, place=failure.place, code=failure.code
            ),
        ),
    )
