"""The pages of the rules that are being served, made when somebody reads them."""

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.pages.asset import assets
from orbicularis.pages.source_attributes import as_json
from orbicularis.web.page_response import HTML, JSON, Content

KEPT_PAGES = 128
KEPT_EXAMPLES = 16
"""What is kept is about 2 MB: a reader follows links among a few pages."""

SOURCE_ATTRIBUTES = "source-attributes"


class Shelf:
    """Pages of one engine; the last ones that were read are kept."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Keep what pages are made of; nothing is made yet."""
        # Imported here: a service that nobody reads never pays for the template engine.
        from orbicularis.pages.site import Site

        self.engine = engine
        self._site = Site(
            engine,
            settings.folders[::-1],
            KEPT_EXAMPLES,
            below_workbench=settings.shows_workbench,
        )
        self._kept: dict[tuple[str, str | None], Content] = {}

    def kept(self, path: str, to_rules: str | None) -> Content | None:
        """What was made for a path before, if it is still kept."""
        return self._kept.get((path, to_rules))

    def content(self, path: str, to_rules: str | None) -> Content | None:
        """Make what stands at a path below ``/rules/``; None when nothing does.

        Not to be called by several threads at once.

        Args:
            path: the path.
            to_rules: where ``/rules/`` lies, seen from a page that stands elsewhere.
        """
        # Whoever waited for a turn may have waited for just this one.
        found = self.kept(path, to_rules) or self._content(path, to_rules)
        if found is not None:
            self._kept[path, to_rules] = found
        if len(self._kept) > KEPT_PAGES:
            del self._kept[next(iter(self._kept))]
        return found

    def missing(self, depth: int) -> Content:
        """The page for a path that has none, so many folders below ``/rules/``."""
        return Content.of(self._site.missing("../" * depth).encode(), HTML)

    def _content(self, path: str, to_rules: str | None) -> Content | None:
        if path == f"{SOURCE_ATTRIBUTES}.json":
            return Content.of(as_json(self.engine.bundle), JSON)
        asset = assets().get(path)
        if asset is not None:
            return Content.of(asset.content, asset.media_type)
        page = self._site.page(path.removesuffix(".html") or "index", to_rules=to_rules)
        return None if page is None else Content.of(page.encode(), HTML)
