"""GitHub Flavored Markdown (2.0, detail) that also reads well as plain text."""

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^=-])")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.])")


def escape(text: str, most: int = 80) -> str:
    """Make text from the chart harmless: one line, cut to ``most``, no markup, no links."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    line = _AUTOLINK.sub(lambda found: found.group(0) + "\u200b", line)
    return _SPECIAL.sub(_escaped, line).replace("@", "@\u200b")


def _escaped(found: re.Match[str]) -> str:
    """Backslashes show where Markdown is not rendered, so only what can act is escaped."""
    character = found.group(0)
    if character in "()-+=^$":
        return character
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(character, "\\" + character)


def bullets(lines: Iterable[str]) -> str:
    """A list, one line each."""
    return "\n".join(f"- {line}" for line in lines)


def paragraphs(parts: Iterable[str]) -> str:
    """Parts set apart by an empty line; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)
