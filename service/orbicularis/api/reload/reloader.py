"""Renews the rules that are served, or leaves them as they are."""

import asyncio
import gc
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from orbicularis.api.metrics.reloads import ReloadMetrics
from orbicularis.api.reload.failures import failure_of, tell_problems
from orbicularis.api.reload.fingerprint import Fingerprint, fingerprint
from orbicularis.api.reload.last_good import last_good, not_kept
from orbicularis.api.reload.live import Live
from orbicularis.api.serving import Serving, serving_of
from orbicularis.api.settings import Settings
from orbicularis.api.warm_up import rehearse
from orbicularis.errors.problem import BundleError

_LOG = logging.getLogger("orbicularis.reload")
_TRIES = 10
_PAUSE_S = 0.2
_TURN_S = 0.0005


class Unsteady(Exception):
    """The files changed each time while they were read."""


class Reloader:
    """Loads, validates and compiles in a thread, and swaps in the event loop."""

    def __init__(self, live: Live, settings: Settings, counts: ReloadMetrics) -> None:
        """Renew what ``live`` holds, from the folders of the settings."""
        self._live = live
        self._settings = settings
        self._counts = counts
        self._one_at_a_time = asyncio.Lock()

    async def reload(self, cause: str) -> None:
        """Take the rules as they lie in the folders, unless they have errors.

        Never raises: whatever goes wrong, the rules that are served go on being served.

        Args:
            cause: what gave rise to it, for the log.
        """
        async with self._one_at_a_time:
            began = time.perf_counter()
            try:
                fresh = await asyncio.to_thread(steady, self._settings)
            except Exception as error:  # the service must outlive whatever is wrong here
                self._refused(cause, error)
            else:
                self._take(cause, fresh, time.perf_counter() - began)
                del fresh
                await asyncio.to_thread(forget)

    def _take(self, cause: str, fresh: Serving, seconds: float) -> None:
        """Serve the rules from now on, if they are others."""
        before, stale = self._live.serving.engine.bundle.revision, self._live.stale
        bundle = fresh.engine.bundle
        if bundle.revision == before:
            self._live.stale = False
            self._counts.ended("unchanged")
            _tell_good(cause, before, stale)
            return
        self._live.swap(fresh)
        self._counts.ended("served")
        fields = {
            "cause": cause,
            "rules": f"{bundle.manifest.name} {bundle.manifest.version}",
            "revision": bundle.revision[:12],
            "before": before[:12],
            "duration_ms": round(seconds * 1000),
            "pid": os.getpid(),
        }
        _LOG.info("rules reloaded", extra={"fields": fields})
        _tell_good(cause, bundle.revision, stale)

    def _refused(self, cause: str, error: Exception) -> None:
        failure = failure_of(error)
        self._live.refuse(failure)
        self._counts.ended("refused")
        tell_problems(error)
        fields = {
            "cause": cause,
            "errors": failure.errors,
            "first": failure.place,
            "code": failure.code,
            "still_served": self._live.serving.engine.bundle.revision[:12],
            "pid": os.getpid(),
        }
        _LOG.error("rules not reloaded", extra={"fields": fields})


def _tell_good(cause: str, revision: str, stale: bool) -> None:
    """Say that what lies in the folders is served, if that was not so before."""
    if stale:
        fields = {"cause": cause, "revision": revision[:12], "pid": os.getpid()}
        _LOG.info("rules good again", extra={"fields": fields})


def steady(settings: Settings) -> Serving:
    """Load and rehearse the rules, sure that no file changed between the first and the last.

    Raises:
        BundleError: the rules have errors.
        Unsteady: the files never stood still.
        Exception: the engine failed with these rules, on a worked example.
    """
    for _ in range(_TRIES):
        before = fingerprint(settings.folders)
        try:
            with _giving_way():
                fresh = _unless_changed(serving_of(settings), settings.folders, before)
                rehearse(fresh.engine)
            _keep(fresh, settings.folders, before)
            return fresh
        except BundleError:
            if fingerprint(settings.folders) == before:
                raise
        except Unsteady:
            pass
        time.sleep(_PAUSE_S)
    raise Unsteady


def _keep(fresh: Serving, folders: Sequence[Path], before: Fingerprint) -> None:
    """Leave a copy for processes that start later; without it they start with what lies there."""
    kept = last_good()
    if kept is None:
        return
    try:
        kept.keep(folders, fresh.engine.bundle.revision, lambda: fingerprint(folders) == before)
    except OSError as error:
        not_kept(error)


def forget() -> None:
    """Free the rules that were served before, or those that turned out to be no others.

    What was set aside from garbage collection when the process started is looked at once
    more, or it would never be freed. No call is answered for as long as that takes.
    """
    aside = gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.collect()
    if aside:
        gc.freeze()


@contextmanager
def _giving_way() -> Iterator[None]:
    """Let the event loop have its turn ten times as soon as Python would by itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _unless_changed(serving: Serving, folders: Sequence[Path], before: object) -> Serving:
    if fingerprint(folders) != before:
        raise Unsteady
    return serving
