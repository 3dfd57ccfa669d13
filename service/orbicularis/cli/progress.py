"""A progress bar for work that takes seconds; only a terminal sees it."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

T = TypeVar("T")


def followed(things: Iterable[T], total: int, doing: str) -> Iterator[T]:
    """Yield the things, and show on standard error how many have come."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(things, total=total, description=doing)
