"""The routes by which spans are named: patterns, because a path may hold anything."""

import re
from collections.abc import Iterable

from starlette.routing import BaseRoute, Route

UNTRACED = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines; a trace of each would bury those of calls."""

_SLASHES = re.compile("/{2,}")


class Paths:
    """Knows the route of a path, ahead of the router: what is refused on the way has one, too."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        """Take the patterns of an application's routes."""
        self._known = [
            (route.path, route.path_regex) for route in routes if isinstance(route, Route)
        ]

    def route(self, path: str) -> str | None:
        """The pattern of the first route that matches; None for whatever is none of ours."""
        plain = _SLASHES.sub("/", path)
        for tidied in (plain, plain.rstrip("/")):
            for pattern, regex in self._known:
                if regex.match(tidied):
                    return pattern
        return None
