"""JSON of tokens and key sets: one meaning or none."""

import json
from typing import Any


def json_object(raw: bytes) -> dict[str, Any]:
    """Read a JSON object.

    Stricter than Python's own reader, because two readers that differ on a token are how
    checks are evaded: UTF-8 only, no member twice (RFC 7515, section 4; RFC 7519, section 4),
    no NaN or Infinity.

    Raises:
        ValueError: it is none; the words of the error may quote it and are not for the log.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_members, parse_constant=_no_constant
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice")
    return members


def _no_constant(_: str) -> None:
    raise ValueError("not a number of JSON")
