"""Every document of the repository leads somewhere: no link within it is dead."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
_KEPT_ELSEWHERE = frozenset({".venv", "node_modules", "build", ".pytest_cache"})
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for path in ROOT.rglob("*.md")
    if _KEPT_ELSEWHERE.isdisjoint(path.relative_to(ROOT).parts)
)
_NO_WORD = re.compile(r"[^\w\- ]")


def _places(text: str) -> list[str]:
    """Where links and pictures lead."""
    inline = (part for token in MarkdownIt().parse(text) for part in token.children or ())
    named = (part.attrGet("href") or part.attrGet("src") for part in inline)
    return [place for place in named if isinstance(place, str)]


def _anchors(text: str) -> set[str]:
    """Anchors of headings, as code hosts make them."""
    titles = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {_NO_WORD.sub("", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    here = ROOT / document
    assert [place for place in _places(here.read_text()) if not _leads(here, place)] == []


def _leads(here: Path, place: str) -> bool:
    """True for a link to elsewhere, too: the network is not asked."""
    parts = urlsplit(place)
    if parts.scheme or parts.netloc:
        return True
    target = (here.parent / unquote(parts.path)).resolve() if parts.path else here
    if not target.exists():
        return False
    is_titled = bool(parts.fragment) and target.suffix == ".md"
    return not is_titled or parts.fragment in _anchors(target.read_text())


def test_dead_links_would_be_seen() -> None:
    assert _places("[a](b.md#c) ![d](e.png) <https://example.org>") == [
        "b.md#c",
        "e.png",
        "https://example.org",
    ]
    assert _anchors("# It's a title\n\ntext") == {"its-a-title"}
