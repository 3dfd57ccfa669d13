"""Where the measured numbers of a request stand in its JSON, so that one can be changed there."""

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
Places = dict[tuple[str, float], list[Path]]
"""Paths of numbers, by the reference of their resource and by their value."""

_QUANTITY = "valueQuantity"
_VALUE = "value"


def places(document: dict[str, Any]) -> Places:
    """Find the numbers of all resources in prefetch."""
    found: Places = {}
    prefetch = document.get("prefetch")
    for key, value in prefetch.items() if isinstance(prefetch, dict) else ():
        for reference, resource, path in _resources(value, ("prefetch", key)):
            for number, place in _numbers(resource, path):
                found.setdefault((reference, number), []).append(place)
    return found


def _resources(value: Any, path: Path) -> Iterator[tuple[str, dict[str, Any], Path]]:
    """Yield a resource, or those of a Bundle, each by the name that the reader gives it."""
    if not isinstance(value, dict):
        return
    entries = value.get("entry")
    if not isinstance(entries, list):
        yield _name(value, None), value, path
        return
    for number, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            name = _name(resource, entry.get("fullUrl"))
            yield name, resource, (*path, "entry", number, "resource")


def _name(resource: dict[str, Any], url: Any) -> str:
    if resource.get("id"):
        return f"{resource.get('resourceType')}/{resource['id']}"
    return str(url or "")


def _numbers(resource: dict[str, Any], path: Path) -> Iterator[tuple[float, Path]]:
    """Yield the number of a resource, and those of its components."""
    parts: list[tuple[Any, Path]] = [(resource, path)]
    components = resource.get("component")
    if isinstance(components, list):
        parts += [(one, (*path, "component", at)) for at, one in enumerate(components)]
    for part, place in parts:
        quantity = part.get(_QUANTITY) if isinstance(part, dict) else None
        number = _as_float(quantity.get(_VALUE)) if isinstance(quantity, dict) else None
        if number is not None:
            yield number, (*place, _QUANTITY, _VALUE)


def _as_float(number: Any) -> float | None:
    if not isinstance(number, int | float) or isinstance(number, bool):
        return None
    try:
        return float(number)
    except OverflowError:
        return None
