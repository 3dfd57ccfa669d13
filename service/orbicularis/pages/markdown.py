"""A card's Markdown as HTML: what the cards can hold, and nothing that could act."""

from markdown_it import MarkdownIt
from markupsafe import Markup

# Raw HTML, links and images stay text: no card needs them, and no text may bring them.
_READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(
    ["image", "link", "autolink", "html_inline", "html_block", "heading", "lheading"]
)


def as_html(detail: str) -> Markup:
    """Render the detail of a card."""
    return Markup(_READER.render(detail))  # noqa: S704 - the reader escapes all that is text
