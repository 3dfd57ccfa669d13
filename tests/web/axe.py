"""axe-core in a page: what it finds that keeps people out."""

from typing import Any

from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # has none
    Axe,
)
from playwright.sync_api import Page

_GRAVE = frozenset({"serious", "critical"})
_OPTIONS = {"resultTypes": ["violations"]}


def grave(page: Page) -> list[str]:
    """Violations of impact serious or critical, each with its first place."""
    found: list[dict[str, Any]] = Axe().run(page, options=_OPTIONS).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in _GRAVE
    ]
