"""Style, script and mark of the pages, as they stand in the package."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

_TYPES = {
    "rules.css": "text/css; charset=utf-8",
    "folded.js": "text/javascript; charset=utf-8",
    "search.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
FOLDER = "assets"


class Asset(NamedTuple):
    """A file that pages load, with its media type."""

    content: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """All of them, by the path at which pages ask for them."""
    folder = files("orbicularis.pages") / FOLDER
    return {
        f"{FOLDER}/{name}": Asset((folder / name).read_bytes(), media_type)
        for name, media_type in _TYPES.items()
    }
