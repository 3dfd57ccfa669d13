"""With which rules a process starts: those in the folders, or else the last good ones."""

import logging
import os
from dataclasses import dataclass

from orbicularis.api.reload.failures import failure_of, tell_problems
from orbicularis.api.reload.fingerprint import Fingerprint, fingerprint
from orbicularis.api.reload.last_good import last_good, not_taken
from orbicularis.api.reload.live import Failure
from orbicularis.api.settings import Settings
from orbicularis.api.warm_up import rehearse
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load

_LOG = logging.getLogger("orbicularis.reload")


@dataclass(frozen=True, slots=True)
class Started:
    """What a process starts with.

    Attributes:
        engine: answers with the rules; it has answered the worked examples.
        seen: how the folders looked before they were read.
        failure: why these are not the rules in the folders; None when they are.
    """

    engine: Engine
    seen: Fingerprint
    failure: Failure | None = None


def start(settings: Settings) -> Started:
    """Load the rules; where they are unusable, and others were good before, load those.

    Raises:
        BundleError: the rules have errors, and no good ones were kept.
    """
    seen = fingerprint(settings.folders)
    try:
        return Started(_engine(settings), seen)
    except Exception as error:
        engine = _last_good_engine(settings)
        if engine is None:
            raise
        started = Started(engine, seen, failure_of(error))
        _tell(error, started)
        return started


def _engine(settings: Settings) -> Engine:
    bundle = load(settings.rules, settings.overlay, settings.min_status)
    engine = Engine(bundle, settings.pages_url)
    rehearse(engine)
    return engine


def _last_good_engine(settings: Settings) -> Engine | None:
    """An engine with the copy that was kept; None where there is none, or it is not whole."""
    kept = last_good()
    before = kept.settings(settings) if kept is not None else None
    if before is None:
        return None
    try:
        engine = _engine(before)
    except Exception as error:  # what is wrong with the rules in the folders is told instead
        not_taken(type(error).__name__)
        return None
    if engine.bundle.revision != before.rules.parent.name:
        not_taken("they are others than were kept")
        return None
    return engine


def _tell(error: Exception, started: Started) -> None:
    tell_problems(error)
    assert started.failure is not None  # noqa: S101 - told only when there is one
    fields = {
        "errors": started.failure.errors,
        "first": started.failure.place,
        "code": started.failure.code,
        "served": started.engine.bundle.revision[:12],
        "pid": os.getpid(),
    }
    _LOG.error("started with the last good rules", extra={"fields": fields})
