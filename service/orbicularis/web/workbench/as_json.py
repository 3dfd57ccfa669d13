"""JSON for people: indented, in the order of its keys, and still readable as page source."""

from typing import Any

import msgspec
from markupsafe import Markup


def as_json(value: Any) -> Markup:
    """Write a value down, for the content of an element."""
    return in_text(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def in_text(text: str) -> Markup:
    """Escape what acts in the content of an element; quotes, of which JSON is full, do not."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(escaped)  # noqa: S704 - nothing that acts in an element is left
