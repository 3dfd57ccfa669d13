"""The address on a card leads to the rule that leads the card, at the section that says why."""

from pathlib import Path

import pytest

from orbicularis.authoring.vignettes import run
from orbicularis.cards.card import Card
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import vignettes
from orbicularis.knowledge.vignette import Expected, Patient, Vignette
from orbicularis.knowledge.vignette_file import vignettes_beside
from orbicularis.pages.site import Site
from tests.support.html import Page

BASE = "https://cds.example.org/twitching"


@pytest.fixture(scope="module")
def cards(site: Site) -> list[Card]:
    """Cards of every vignette, and one for a gap."""
    engine = Engine(site.bundle, BASE)
    files, _ = vignettes(Path("rules"))
    told = [
        card
        for group in files.values()
        for vignette in group.vignettes
        for card in run(vignette, group.service, engine).answer.cards
    ]
    unread = Patient(unreadable=("symptoms", "encounters"))
    vignette = Vignette(name="gap", patient=unread, expect=Expected(band={}, findings={}))
    told += run(vignette, "facial-twitching", engine).answer.cards
    return told


def test_every_address_leads_to_a_page_and_an_anchor(
    cards: list[Card], read: dict[str, Page]
) -> None:
    seen = set()
    for card in cards:
        url = card.source.url or ""
        path, _, anchor = url.removeprefix(f"{BASE}/rules/").partition("#")
        assert anchor in read[path].ids, url
        seen.add((path.split("/")[0], anchor))
    assert seen == {("causes", "evidence"), ("red-flags", "condition"), ("services", "speaks")}


def test_the_address_is_that_of_the_cause_that_leads(cards: list[Card]) -> None:
    for card in cards:
        ranking = (card.extension or {}).get("org.orbicularis.differential")
        if ranking is not None:
            first = ranking["causes"][0]["id"]
            assert card.source.url == f"{BASE}/rules/causes/{first}#evidence"


def test_without_a_base_url_there_is_no_address(site: Site) -> None:
    group = vignettes_beside(Path("rules"), "causes/stress")
    assert group is not None
    cards = run(group.vignettes[0], group.service, site.engine).answer.cards
    assert cards
    assert {card.source.url for card in cards} == {None}
