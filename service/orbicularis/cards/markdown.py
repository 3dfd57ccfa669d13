"""GitHub Flavored Markdown (2.0, detail) that also reads well as plain text."""

import re
from collections.abc import Iterable

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#!|~&]")
"""What can act as markup; backslashes show where Markdown is not rendered, so no more."""
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www)(?=[:.])")


def escape(text: str, most: int = 80) -> str:
    """Make text from the chart harmless: one line, cut to ``most``, no markup, no links."""
    line = " ".join(visible(text).split())
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    line = _AUTOLINK.sub(lambda found: found.group(0) + "\u200b", line)
    return _ACTIVE.sub(_escaped, line).replace("@", "@\u200b")


def visible(text: str) -> str:
    """Put a space for what cannot be seen: controls, marks of direction, zero-width characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group(0), "\\" + found.group(0))


def bullets(lines: Iterable[str]) -> str:
    """A list, one line each."""
    return "\n".join(f"- {line}" for line in lines)


def paragraphs(parts: Iterable[str]) -> str:
    """Parts set apart by an empty line; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)
