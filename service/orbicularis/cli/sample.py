"""The sample patient, as if she had been seen a few hours ago.

The file holds fixed dates, so that it can be read and compared; look-backs need fresh ones.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from orbicularis.api.sample import sample

Resource = dict[str, Any]
"""A FHIR resource as JSON."""

NAME = "hypoparathyroidism.request"
AGE = timedelta(hours=3)
"""How long ago the newest date of a shifted request lies."""

_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?P<time>T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?", re.ASCII
)


def sample_request() -> dict[str, Any]:
    """The CDS Hooks request of the sample patient, seen a few hours ago."""
    return shifted(sample(NAME), datetime.now(UTC))


def shifted(request: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The request with every FHIR date and time moved by the same span.

    The span is such that the newest lies ``AGE`` before ``now``. Dates without a time move
    by its whole days; partial dates (a year, a month) stay.
    """
    newest = max(_dates(request), default=now - AGE)
    by = now - AGE - newest
    moved = _each_string(request, lambda text: _moved(text, by) if _DATE.fullmatch(text) else text)
    assert isinstance(moved, dict)  # noqa: S101 - an object stays one
    return moved


def _dates(value: Any) -> Iterator[datetime]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _dates(part)
    elif isinstance(value, str) and (match := _DATE.fullmatch(value)):
        moment = datetime.fromisoformat(value)
        yield moment if match["time"] else moment.replace(tzinfo=UTC)


def _moved(text: str, by: timedelta) -> str:
    if "T" not in text:
        return (date.fromisoformat(text) + timedelta(days=by.days)).isoformat()
    return (datetime.fromisoformat(text) + by).isoformat(timespec="seconds")


def _each_string(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _each_string(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_each_string(part, change) for part in value]
    return change(value) if isinstance(value, str) else value
