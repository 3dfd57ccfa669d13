"""The trace's id in every log line that is written within its span."""

import logging

from opentelemetry.trace import format_trace_id, get_current_span


class LogIds(logging.Filter):
    """Lets every line pass, with ``trace_id`` among its fields."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id where there is one, and where fields are: lines of ours."""
        context = get_current_span().get_span_context()
        fields = getattr(record, "fields", None)
        if context.is_valid and isinstance(fields, dict):
            record.fields = {**fields, "trace_id": format_trace_id(context.trace_id)}
        return True
