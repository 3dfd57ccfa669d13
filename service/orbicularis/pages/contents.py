"""The contents of a page, found in it."""

import re
from collections.abc import Iterator

from markupsafe import Markup

_SECTION = re.compile(r'<section id="([^"]+)"[^>]*>\s*<h2[^>]*>([^<]+)')


def headings(sections: Markup) -> Iterator[tuple[str, Markup]]:
    """Yield anchor and heading of each section; both are escaped already."""
    for found in _SECTION.finditer(sections):
        yield found[1], Markup(found[2])  # noqa: S704 - a part of a page that was escaped
