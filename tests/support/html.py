"""Reads a page strictly: every element closed where it was opened, every id once."""

from html.parser import HTMLParser

_VOID = frozenset({"br", "img", "input", "link", "meta"})
_APART = frozenset({"br", "dd", "dt", "li", "td", "th"})
_BLOCKS = frozenset({"article", "div", "dl", "h1", "h2", "h3", "ol", "p", "section", "table", "ul"})


class Page(HTMLParser):
    """A page that was read.

    Attributes:
        ids: of its elements.
        links: what anchors lead to.
        loads: what is loaded with the page.
        text: all text.
        tags: every element with its attributes, in order.
    """

    def __init__(self, html: str) -> None:
        """Read the page.

        Raises:
            AssertionError: it is not well-formed.
        """
        super().__init__(convert_charrefs=True)
        assert html.startswith("<!DOCTYPE html>\n")
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice in <{tag}>"
        assert not (tag in _BLOCKS and "p" in self._open), f"<{tag}> inside <p>"
        self.tags.append((tag, given))
        self._note(tag, given)
        if tag in _APART:
            self.text += " "
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        opened = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}> in line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        self.text += data

    def _note(self, tag: str, given: dict[str, str | None]) -> None:
        key = given.get("id")
        if key is not None:
            assert key not in self.ids, f"the id {key} stands twice"
            self.ids.add(key)
        address = given.get("href") or given.get("src")
        if address is not None:
            (self.links if tag == "a" else self.loads).append(address)
