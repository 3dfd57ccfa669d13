"""Edits of a rule's plain data: what stands at a place is replaced or taken out."""

from enum import Enum
from typing import Any

from orbicularis.knowledge.source import Steps


class Gone(Enum):
    """Stands for a value that is taken out."""

    GONE = "gone"


GONE = Gone.GONE

Edit = tuple[Steps, Any]
"""Where, and what stands there afterwards; ``GONE`` takes it out."""


def edited(data: Any, steps: Steps, value: Any) -> Any:
    """Return the data with one edit; the data themselves stay as they are.

    Args:
        data: mappings and lists.
        steps: keys and indices that lead to the place; a key may be new.
        value: what stands there afterwards.
    """
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        new = data if value is GONE or rest else {**data, step: value}
        if not rest:
            return {key: part for key, part in new.items() if value is not GONE or key != step}
        return {**data, step: edited(data[step], rest, value)}
    if not rest and value is GONE:
        return [part for at, part in enumerate(data) if at != step]
    return [edited(part, rest, value) if at == step else part for at, part in enumerate(data)]
