"""Why rules were not taken: kept for ``/readyz``, and told in the log."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orbicularis.api.reload.live import Failure
from orbicularis.errors.problem import BundleError, Problem, Severity

_LOG = logging.getLogger("orbicularis.reload")
_LOGGED = 20


def failure_of(error: Exception) -> Failure:
    """What is kept of it: where the first problem is, or of which kind the failure was."""
    errors = _errors(error)
    if not errors:
        return Failure(datetime.now(UTC), 1, None, type(error).__name__)
    return Failure(datetime.now(UTC), len(errors), _place(errors[0]), errors[0].code)


def tell_problems(error: Exception) -> None:
    """Log the errors in the rules, each with its place; at most some twenty of them."""
    for problem in _errors(error)[:_LOGGED]:
        told: dict[str, Any] = {"place": _place(problem), "code": problem.code}
        _LOG.error("error in new rules", extra={"fields": told})


def _errors(error: Exception) -> Sequence[Problem]:
    problems = error.problems if isinstance(error, BundleError) else ()
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _place(problem: Problem) -> str:
    """File and line; a file of an overlay is told with the overlay's folder."""
    folder = f"{Path(problem.folder).name}/" if problem.folder else ""
    return f"{folder}{problem.file}:{problem.line}"
