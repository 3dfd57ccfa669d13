"""Every rule has a page, every page is whole, every link leads somewhere."""

from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from orbicularis.pages.asset import assets
from orbicularis.pages.site import Site
from tests.support.html import Page


def test_every_rule_has_a_page(site: Site, pages: dict[str, str]) -> None:
    bundle = site.bundle
    wanted = {
        *(f"causes/{key}" for key in bundle.causes),
        *(f"red-flags/{key}" for key in bundle.red_flags),
        *(f"findings/{key}" for key in bundle.findings),
        *(f"orders/{key}" for key in bundle.orders),
        *(f"measurements/{key}" for key in bundle.measurements),
        *(f"services/{key}" for key in bundle.services),
    }
    assert pages.keys() == wanted | {"index", "source-attributes"}


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(read: dict[str, Page]) -> None:
    wrong = [
        f"{path}: {link}"
        for path, page in read.items()
        for link in page.links
        if not link.startswith("https://") and not _leads(path, link, read)
    ]
    assert not wrong


def _leads(path: str, link: str, read: dict[str, Page]) -> bool:
    file, _, anchor = link.partition("#")
    target = normpath(join(dirname(path), file)) if file else f"{path}.html"
    if target == "source-attributes.json":
        return True
    page = read.get(target.removesuffix(".html"))
    return page is not None and (not anchor or anchor in page.ids)


def test_pages_load_nothing_but_their_own_style_script_and_mark(read: dict[str, Page]) -> None:
    loaded = {
        normpath(join(dirname(path), one)) for path, page in read.items() for one in page.loads
    }
    assert loaded == set(assets())


def test_nothing_is_inline(read: dict[str, Page]) -> None:
    for page in read.values():
        for tag, given in page.tags:
            assert tag != "style"
            assert tag != "script" or given.get("src")
            assert not [name for name in given if name == "style" or name.startswith("on")]


def test_each_page_has_its_landmarks_headings_and_skip_link(read: dict[str, Page]) -> None:
    for path, page in read.items():
        tags = [tag for tag, _ in page.tags]
        assert [tags.count(one) for one in ("h1", "main", "header", "footer")] == [1, 1, 1, 1], path
        assert page.links[0] == "#main"
        assert ("html", {"lang": "en"}) in page.tags
        levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3")]
        assert all(later <= sooner + 1 for sooner, later in pairwise(levels)), path


def test_headers_of_tables_tell_their_direction(read: dict[str, Page]) -> None:
    for page in read.values():
        headers = [given for tag, given in page.tags if tag == "th"]
        assert all(given.get("scope") in ("col", "row") for given in headers)


def test_a_first_view_is_small(pages: dict[str, str]) -> None:
    loaded = sum(len(asset.content) for asset in assets().values())
    assert max(len(page.encode()) for page in pages.values()) + loaded < 100_000


def test_the_index_lists_every_rule_once(site: Site, read: dict[str, Page]) -> None:
    listed = [link for link in read["index"].links if "/" in link]
    wanted = [f"{path}.html" for path in site.paths() if "/" in path]
    assert sorted(listed) == sorted(wanted)


def test_the_same_rules_give_the_same_pages(site: Site, pages: dict[str, str]) -> None:
    again = Site(site.engine, [Path("rules")], 1)
    assert again.page("causes/hypoparathyroidism") == pages["causes/hypoparathyroidism"]


@pytest.mark.parametrize(
    "path", ["", "causes", "causes/", "causes/none", "none/stress", "../index"]
)
def test_what_is_no_rule_has_no_page(site: Site, path: str) -> None:
    assert site.page(path) is None
    Page(site.missing("../"))


def test_another_bundle_has_pages_without_any_change(small: Site) -> None:
    read = {path: Page(small.page(path) or "") for path in small.paths()}
    assert "causes/hypocalcaemia" in read
    assert all(
        _leads(path, link, read)
        for path, page in read.items()
        for link in page.links
        if not link.startswith("https://")
    )
