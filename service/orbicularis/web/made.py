"""What is made of the served rules for readers: when one first asks, and gone with the rules."""

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from orbicularis.api.in_turn import page_in_turn
from orbicularis.api.serving import Serving
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine

_Made = TypeVar("_Made")
_MADE: WeakKeyDictionary[Serving, dict[Any, Any]] = WeakKeyDictionary()


async def made_of(
    serving: Serving, settings: Settings, make: Callable[[Engine, Settings], _Made]
) -> _Made:
    """Make something of the rules, once for as long as they are served.

    Args:
        serving: the rules; what was made of them is forgotten when they are.
        settings: what an operator has set.
        make: makes it, in a thread: it may have a lot to import, and calls go first.

    Raises:
        Refusal: 503 when it is not made yet, and too many readers wait already.
    """
    kept = _MADE.setdefault(serving, {})
    if make not in kept:
        await page_in_turn(_make, kept, serving.engine, settings, make)
    found: _Made = kept[make]
    return found


def _make(
    kept: dict[Any, Any], engine: Engine, settings: Settings, make: Callable[..., object]
) -> None:
    # Whoever waited for a turn may have waited for just this.
    if make not in kept:
        kept[make] = make(engine, settings)
