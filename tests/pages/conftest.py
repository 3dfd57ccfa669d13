"""All pages of the rules, made once, and of the small bundle."""

from pathlib import Path

import pytest

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from orbicularis.pages.site import Site
from tests.support.html import Page

SMALL = Path("tests/knowledge/small")


@pytest.fixture(scope="session")
def site() -> Site:
    return Site(Engine(load(Path("rules"))), [Path("rules")])


@pytest.fixture(scope="session")
def pages(site: Site) -> dict[str, str]:
    made = {path: site.page(path) for path in site.paths()}
    return {path: page for path, page in made.items() if page is not None}


@pytest.fixture(scope="session")
def read(pages: dict[str, str]) -> dict[str, Page]:
    return {path: Page(page) for path, page in pages.items()}


@pytest.fixture(scope="session")
def small() -> Site:
    return Site(Engine(load(SMALL)), [SMALL])
