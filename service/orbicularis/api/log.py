"""The log: one structured line per event, for people or in JSON, without patient data.

Whoever logs passes ``extra={"fields": {...}}``; what may stand there are identifiers that
we made ourselves, names out of the rules, and numbers.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings


def configure(settings: Settings) -> None:
    """Send all logging to standard error in the form that the profile asks for."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if settings.profile is Profile.PRODUCTION else Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries log what passes through them, at worst whole URLs and headers: never below
    # a warning, whatever level is set for ourselves.
    root.setLevel(logging.WARNING)
    logging.getLogger("orbicularis").setLevel(settings.log_level.upper())


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields = getattr(record, "fields", {})
    return fields if isinstance(fields, dict) else {}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _kind(record: logging.LogRecord) -> str | None:
    kind = record.exc_info[0] if record.exc_info else None
    return kind.__qualname__ if kind else None


def _where(record: logging.LogRecord) -> list[str]:
    """Where it happened; the exception's own words may quote the chart and are left out."""
    return steps(record.exc_info[2] if record.exc_info else None)


def steps(trace: TracebackType | None) -> list[str]:
    """The way to a failure: file, line and function of each step, the outermost first."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


class Plain(logging.Formatter):
    """Lines that read well in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: time, level, message, then ``name=value`` for every field."""
        fields = "".join(
            f" {name}={value}" for name, value in _fields(record).items() if value is not None
        )
        line = f"{_time(record)} {record.levelname:<7} {record.getMessage()}{fields}"
        if record.exc_info:
            line += f" error={_kind(record)} where={' < '.join(_where(record))}"
        return line


class Json(logging.Formatter):
    """One JSON object per line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """An object with time, level, logger, message and every field."""
        line: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line |= {"error": _kind(record), "where": _where(record)}
        return json.dumps(line, ensure_ascii=False, default=str)
