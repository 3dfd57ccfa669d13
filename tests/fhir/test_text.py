"""Folding, statements and phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.text.fold import fold
from orbicularis.fhir.text.hearing import Hearing
from orbicularis.fhir.text.phrase import phrase
from orbicularis.fhir.text.prose import Prose
from orbicularis.fhir.text.statement import Statement, cut, parts
from tests.fhir.small_bundle import small_bundle

BUNDLE = small_bundle()
PROSE = Prose(BUNDLE, Relevance(BUNDLE))

_TERMS = st.sampled_from(
    ["lip", "twitching", "facial", "weakness", "no", "denies", "but", "mother", "history of",
     "absent", ",", ".", ";", "?", "\n", "calf", "drinks", "tea", "word", "-", "'", "\u00e9"]
)  # fmt: skip
_SENTENCES = st.lists(_TERMS, max_size=20).map(" ".join)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Bell's  PALSY", "bells palsy"),
        ("Bell\u2019s palsy", "bells palsy"),
        ("X-ray/MRI_scan", "x ray mri scan"),
        ("Stra\u00dfe \u00c9t\u00e9 e\u0301", "strasse ete e"),
        ("twit\u00adching", "twitching"),
        ("\u00bd cup\x00 \ufb01ne", "1 2 cup fine"),
        (" ... ", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60) | _SENTENCES)
def test_a_statement_has_the_words_of_its_folded_text(text: str) -> None:
    made = Statement(text)
    assert " ".join(made.words) == fold(text)
    for word, (start, end) in zip(made.words, made.places, strict=True):
        assert word in fold(text[start:end])


@given(st.text(max_size=60) | _SENTENCES)
def test_splitting_loses_no_word(text: str) -> None:
    assert " ".join(filter(None, (fold(part) for part, _ in parts(text)))) == fold(text)


def test_where_statements_end() -> None:
    text = "No fever. Ca 7.9 mg/dl; well?\nLip twitching!  \u2022 e.g. none"
    assert [part.strip() for part, _ in parts(text)] == [
        "No fever", "Ca 7.9 mg/dl", "well", "Lip twitching", "", "e.g", "none",
    ]  # fmt: skip
    assert [part.strip() for part, is_question in parts(text) if is_question] == ["well"]


def test_a_long_statement_is_cut_without_losing_words() -> None:
    text = " ".join(f"w{number}" for number in range(200))
    pieces = list(cut(Statement(text)))
    assert [len(piece.words) for piece in pieces] == [80, 80, 40]
    assert [word for piece in pieces for word in piece.words] == text.split()


def test_a_list_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        phrase("{nobody}", {})


@given(_SENTENCES, _SENTENCES)
def test_the_first_look_sees_all_that_reading_finds(label: str, value: str) -> None:
    found = Hearing(PROSE).read((label,), (value,) if value else ())
    if found.mentions:
        assert PROSE.may_name_finding((label, value))
