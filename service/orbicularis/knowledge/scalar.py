"""Plain YAML scalars: what every reader agrees on is accepted, all else is a trap.

YAML 1.1 reads ``no`` as false, ``0123`` as 83 and ``1:30`` as 90; YAML 1.2 does not
(https://yaml.org/spec/1.2.2/ext/changes/). Rules must mean the same to every reader.
"""

import re
from datetime import date
from typing import NamedTuple


class Trap(NamedTuple):
    """A plain scalar that readers understand differently, with its problem code."""

    code: str
    what: str
    fix: str


_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ ]+)[0-9].*")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:"
    r"0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|0[bB][01_]+"  # other bases
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # leading zeros, underscores, exponents
    r"|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF|nan|NaN|NAN)"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60
    r")"
)
_BOOLEANS = {"true": True, "false": False}
_BOOLEAN_LIKE = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false")
    for form in (word, word.capitalize(), word.upper())
) - set(_BOOLEANS)
_PROMPT = re.compile(r"<((?:fill in|choose)\b[^<>]*)>")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_START = frozenset("0123456789+-.")


def plain(text: str) -> str | int | float | bool | date | Trap:
    """Read an unquoted scalar: a number, true, false, an ISO 8601 date, else text.

    A prompt that ``orbicularis new`` wrote and nobody answered is a trap too.
    """
    if not text or text[0] not in _NUMBER_START:
        return _word(text)
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return _date(text)
    if _ODD_NUMBER.fullmatch(text):
        return Trap(
            "K110",
            f"readers disagree on the unquoted number {text}",
            f'write "{text}" in quotes if it is text; else as plain digits, such as 0.5 or 1000',
        )
    if _TIMESTAMP.fullmatch(text):
        return Trap("K111", f"the time {text} is not quoted", f'write "{text}" in quotes')
    return text


def _word(text: str) -> str | bool | Trap:
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text in _NULLS:
        return Trap("K109", "the value is empty", "give a value, or remove the key")
    if text[0] == "<" and (prompt := _PROMPT.fullmatch(text)):
        return Trap("K211", "this is not filled in yet", prompt[1])
    if text in _BOOLEAN_LIKE:
        truth = "true" if text.lower() in ("y", "yes", "on", "true") else "false"
        return Trap(
            "K108",
            f"some readers take the unquoted word {text} for {truth}",
            f'write {truth} if that is meant, or "{text}" in quotes if the word is meant',
        )
    return text


def _date(text: str) -> date | Trap:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Trap("K111", f"there is no day {text}", "correct the date (year-month-day)")
