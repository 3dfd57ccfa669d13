"""Writes the pages as files: the same bytes for the same rules, so that they can be compared."""

from collections.abc import Iterator
from pathlib import Path

from orbicularis.pages.asset import assets
from orbicularis.pages.site import SOURCE_ATTRIBUTES, Site
from orbicularis.pages.source_attributes import as_json


def contents(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file."""
    for path in site.paths():
        page = site.page(path)
        assert page is not None  # noqa: S101 - it was listed
        yield f"{path}.html", page.encode()
    yield f"{SOURCE_ATTRIBUTES}.json", as_json(site.bundle)
    yield from ((path, asset.content) for path, asset in assets().items())


def write(site: Site, folder: Path) -> Iterator[Path]:
    """Write every file that is new or differs, below a folder; yield each one looked at."""
    for name, content in contents(site):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        yield path
