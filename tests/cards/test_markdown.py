"""Text from the chart in Markdown: nothing of it acts, nothing of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.cards.markdown import bullets, escape, paragraphs
from tests.cards.hostile import HOSTILE
from tests.cards.made import WANTED, elements, rendered

LINKS = re.compile(r"(?i)(https?|ftp|mailto|xmpp):|www\.|\w@\w")
"""What GitHub Flavored Markdown turns into a link without any markup."""

acting = st.text(st.sampled_from("<>&;#[]()!*_~`|\\\n\t -+=$^{}:/@.1aw\u202e\u200b\x00\u2028"))


def as_seen(text: str) -> str:
    """One line of what can be seen."""
    visible = (character if character.isprintable() else " " for character in text)
    return " ".join("".join(visible).split())


@given(st.one_of(acting, st.text()).filter(lambda text: len(as_seen(text)) <= 80))
def test_it_is_read_as_it_was_written(text: str) -> None:
    line = f"- Found: {escape(text)}, and more"
    assert elements(line) <= WANTED
    assert rendered(line).replace("\u200b", "") == f"Found: {as_seen(text)}, and more"


@given(st.one_of(acting, st.text(), st.sampled_from(HOSTILE)))
def test_it_is_one_line_without_links_or_hidden_characters(text: str) -> None:
    escaped = escape(text)
    assert not LINKS.search(escaped)
    assert all(one.isprintable() for one in escaped.replace("\u200b", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str) -> None:
    line = f"- Found: {escape(text, 400)}, and more"
    assert elements(line) <= WANTED
    assert rendered(line).replace("\u200b", "") == f"Found: {as_seen(text)}, and more"


def test_ordinary_texts_stay_as_they_are() -> None:
    for text in ("7.9 mg/dL", "lip twitching (left), since 2 weeks", "5 % + more = a-b", "µmol/L"):
        assert escape(text) == text


@given(st.text(min_size=81))
def test_it_is_cut_to_its_length(text: str) -> None:
    seen = rendered(escape(text)).replace("\u200b", "")
    assert len(seen) <= 80
    assert not as_seen(text)[80:] or seen.endswith("…")


def test_what_just_fits_is_not_cut() -> None:
    assert escape("a" * 80) == "a" * 80
    assert escape("a" * 81) == "a" * 79 + "…"


def test_lists_and_paragraphs() -> None:
    assert bullets(["a", "b"]) == "- a\n- b"
    assert paragraphs(["a", "", "b"]) == "a\n\nb"
