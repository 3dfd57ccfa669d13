"""Renews the rules that are served, or leaves them as they are."""

import asyncio
import gc
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orbicularis.api.metrics.reloads import ReloadMetrics
from orbicularis.api.reload.fingerprint import fingerprint
from orbicularis.api.reload.live import Failure, Live
from orbicularis.api.serving import Serving, serving_of
from orbicularis.api.settings import Settings
from orbicularis.errors.problem import BundleError, Problem, Severity

_LOG = logging.getLogger("orbicularis.reload")
_TRIES = 10
_PAUSE_S = 0.2
_LOGGED = 20
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
            except BundleError as error:
                self._refused(cause, _failure(error), error.problems)
            except Exception as error:  # the service must outlive whatever is wrong here
                failure = Failure(datetime.now(UTC), 1, None, type(error).__name__)
                self._refused(cause, failure, ())
            else:
                if self._taken(cause, fresh, time.perf_counter() - began):
                    del fresh
                    await asyncio.to_thread(forget)

    def _taken(self, cause: str, fresh: Serving, seconds: float) -> bool:
        """Serve the rules from now on, if they are others; tell whether they are."""
        before = self._live.serving.engine.bundle.revision
        bundle = fresh.engine.bundle
        if bundle.revision == before:
            self._live.stale = False
            self._counts.ended("unchanged")
            return False
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
        return True

    def _refused(self, cause: str, failure: Failure, problems: Sequence[Problem]) -> None:
        self._live.refuse(failure)
        self._counts.ended("refused")
        for problem in _errors(problems)[:_LOGGED]:
            told: dict[str, Any] = {"place": _place(problem), "code": problem.code}
            _LOG.error("error in new rules", extra={"fields": told})
        fields = {
            "cause": cause,
            "errors": failure.errors,
            "first": failure.place,
            "code": failure.code,
            "still_served": self._live.serving.engine.bundle.revision[:12],
            "pid": os.getpid(),
        }
        _LOG.error("rules not reloaded", extra={"fields": fields})


def steady(settings: Settings) -> Serving:
    """Load the rules, sure that no file changed between the first and the last.

    Raises:
        BundleError: the rules have errors.
        Unsteady: the files never stood still.
    """
    for _ in range(_TRIES):
        before = fingerprint(settings.folders)
        try:
            with _giving_way():
                return _unless_changed(serving_of(settings), settings.folders, before)
        except BundleError:
            if fingerprint(settings.folders) == before:
                raise
        except Unsteady:
            pass
        time.sleep(_PAUSE_S)
    raise Unsteady


def forget() -> None:
    """Free the rules that were served before.

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


def _failure(error: BundleError) -> Failure:
    errors = _errors(error.problems)
    return Failure(datetime.now(UTC), len(errors), _place(errors[0]), errors[0].code)


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _place(problem: Problem) -> str:
    """File and line; a file of an overlay is told with the overlay's folder."""
    folder = f"{Path(problem.folder).name}/" if problem.folder else ""
    return f"{folder}{problem.file}:{problem.line}"
