"""Every code is explained, and nothing else is."""

import re
from pathlib import Path

import pytest

import orbicularis
from orbicularis.knowledge.problem_codes import explanations

PACKAGE = Path(orbicularis.__file__).parent


def test_the_codes_that_the_program_uses_are_explained() -> None:
    used = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r'"(K[0-9]{3})"', path.read_text(encoding="utf-8"))
    }

    assert used == set(explanations())


@pytest.mark.parametrize(("code", "page"), explanations().items(), ids=list(explanations()))
def test_a_page_is_short_and_ends_its_sentences(code: str, page: object) -> None:
    told = explanations()[code]

    assert page is told
    assert told.wrong != told.right
    assert not told.title.endswith(".")
    for sentence in (told.why, told.fix):
        assert sentence.endswith(".")
        assert len(sentence) <= 120
