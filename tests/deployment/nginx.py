"""The proxy's configuration, parsed and checked by crossplane, which knows nginx's directives."""

import json
from collections.abc import Iterator
from typing import Any

from tests.deployment.places import DOCKER
from tests.deployment.tool import run

Directive = dict[str, Any]


def parse() -> dict[str, Any]:
    """Parse ``docker/nginx.conf``: status, errors, and the directives of the file."""
    done = run("crossplane", "parse", DOCKER / "nginx.conf")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def every(directives: list[Directive]) -> Iterator[Directive]:
    """All directives, those in blocks included, outermost first."""
    for one in directives:
        yield one
        yield from every(one.get("block", []))


def values(directives: list[Directive], name: str) -> list[list[str]]:
    """The arguments of each directive of this name in these directives, blocks included."""
    return [one["args"] for one in every(directives) if one["directive"] == name]
