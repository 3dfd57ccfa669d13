"""When the parts of one request began and ended, for spans that are made afterwards."""

from contextvars import ContextVar
from dataclasses import dataclass
from time import time_ns as now

__all__ = ["MOMENTS", "Moments", "now"]


@dataclass(slots=True)
class Moments:
    """Nanoseconds since 1970.

    Attributes:
        asked: when the body was first waited for.
        complete: when the last of what is answered from had come: body, or fetched page.
    """

    asked: int | None = None
    complete: int | None = None


MOMENTS: ContextVar[Moments | None] = ContextVar("moments", default=None)
"""Those of the request that is being answered; tasks that it starts share them."""
