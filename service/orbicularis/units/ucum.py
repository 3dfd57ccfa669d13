"""Reads a unit: as UCUM, or as a listed spelling of it."""

import re
from functools import lru_cache

from orbicularis.units.spelling import spelled
from orbicularis.units.table import UNITS
from orbicularis.units.unit import Unit

_ANNOTATION = re.compile(r"\{[^{}]*\}")
_LONGEST = 64


def ucum(text: str) -> Unit | None:
    """Read a unit code or text.

    Annotations in braces mean nothing in UCUM and are ignored; one that stands alone is the
    unit 1. What is neither in the table nor a listed spelling is unknown, never guessed.

    Args:
        text: UCUM code, or a unit as it was written.

    Returns:
        The unit, or None when it is not known.
    """
    unit = UNITS.get(text)
    if unit is not None or len(text) > _LONGEST:
        return unit
    return _read(text)


@lru_cache(maxsize=1024)
def _read(text: str) -> Unit | None:
    unit = _listed(text)
    if unit is not None or "{" not in text:
        return unit
    return _listed(_ANNOTATION.sub("", text).strip().removesuffix("/") or "1")


def _listed(text: str) -> Unit | None:
    code = spelled(text)
    return None if code is None else UNITS[code]
