"""Styles and scripts of the workbench; it shares style and mark with the rule pages."""

from functools import cache
from importlib.resources import files

from orbicularis.pages.asset import FOLDER, Asset
from orbicularis.pages.asset import assets as shared

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_SHARED = ("folded.js", "rules.css", "mark.svg")


@cache
def assets() -> dict[str, Asset]:
    """All of them, by name."""
    folder = files("orbicularis.web.workbench") / FOLDER
    own = {
        entry.name: Asset(entry.read_bytes(), _TYPES[entry.name.rpartition(".")[2]])
        for entry in folder.iterdir()
    }
    return own | {name: shared()[f"{FOLDER}/{name}"] for name in _SHARED}
