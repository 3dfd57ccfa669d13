"""Order and repetition of records change nothing: a chart sent the other way round, and twice."""

import json
from collections.abc import Callable
from typing import Any

from tests.fuzz.broken import hold
from tests.fuzz.context import tree_of
from tests.fuzz.exchange import Told

Ask = Callable[[bytes], Told]


def check(data: bytes, ask: Ask) -> None:
    """Send the chart with its entries reversed, and with each twice; the cards are the same.

    Raises:
        Broken: they differ.
    """
    tree = tree_of(data)
    if not isinstance(tree, dict) or not _bundles(tree):
        return
    # What Python's reader makes of doubled names and endless numbers is what is compared.
    plain = ask(_written(tree))
    if plain.status != 200:
        return
    reversed_ = ask(_written(_with(tree, lambda entries: entries[::-1])))
    hold(reversed_.body == plain.body, "order: reversed entries give other cards", reversed_.body)
    doubled = ask(_written(_with(tree, lambda entries: entries + entries)))
    if doubled.status == 200:
        hold(doubled.body == plain.body, "order: doubled entries give other cards", doubled.body)


def _written(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def _bundles(tree: dict[str, Any]) -> dict[str, Any]:
    """Prefetch values that are Bundles with entries."""
    prefetch = tree.get("prefetch")
    if not isinstance(prefetch, dict):
        return {}
    return {
        key: value
        for key, value in prefetch.items()
        if isinstance(value, dict) and isinstance(value.get("entry"), list)
    }


def _with(tree: dict[str, Any], change: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    changed = {
        key: {**value, "entry": change(value["entry"])} for key, value in _bundles(tree).items()
    }
    return {**tree, "prefetch": {**tree["prefetch"], **changed}}
