"""The log: one structured line per event, for people or in JSON, without patient data.

Whoever logs passes ``extra={"fields": {...}}``; what may stand there are identifiers that
we made ourselves, names out of the rules, and numbers.
"""

import json
import logging
import sys
from datetime import UTC, datetime
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


class Plain(logging.Formatter):
    """Lines that read well in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: time, level, message, then ``name=value`` for every field."""
        fields = "".join(
            f" {name}={value}" for name, value in _fields(record).items() if value is not None
        )
        line = f"{_time(record)} {record.levelname:<7} {record.getMessage()}{fields}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
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
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
