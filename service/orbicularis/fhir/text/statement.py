"""Statements: what stands between two full stops, as words that know where they came from."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from orbicularis.fhir.text.fold import fold, folded_characters

MOST_WORDS = 80
"""A longer statement is cut, so that words far apart do not meet in one."""

_BREAK = re.compile(r"[.!?]+(?=\s|$)|[;\n\r\u2022|\u2028\u2029]+")
_QUOTE = 80


class Statement:
    """One statement.

    Attributes:
        text: as it was written.
        words: folded.
        is_question: True when it ended with a question mark.
    """

    def __init__(self, text: str, *, is_question: bool = False) -> None:
        """Fold the words; where they stand is worked out only for what is quoted."""
        self.text = text
        self.words = fold(text).split()
        self.is_question = is_question

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word begins and ends in the text."""
        places: list[tuple[int, int]] = []
        open_word = False
        for place, piece in enumerate(folded_characters(self.text)):
            for letter in piece:
                if letter == " ":
                    open_word = False
                elif open_word:
                    places[-1] = (places[-1][0], place + 1)
                else:
                    places.append((place, place + 1))
                    open_word = True
        return places

    @cached_property
    def after_comma(self) -> frozenset[int]:
        """Numbers of the words that a comma stands before."""
        before = accumulate(len(fold(part).split()) for part in self.text.split(","))
        return frozenset(list(before)[:-1])

    def quote(self, first: int, after: int) -> str:
        """Give the text round some of its words, cut to about 80 characters."""
        start, end = self.places[first][0], self.places[after - 1][1]
        start = max(0, start - max(0, _QUOTE - (end - start)) // 2)
        if len(self.text) <= _QUOTE:
            start = 0
        cut = self.text[start : start + _QUOTE]
        more = len(self.text) > start + _QUOTE
        return ("\u2026" if start else "") + " ".join(cut.split()) + ("\u2026" if more else "")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text where statements end; tell of each whether it is a question."""
    start = 0
    for gap in _BREAK.finditer(text):
        if start < gap.start():
            yield text[start : gap.start()], "?" in gap.group()
        start = gap.end()
    if start < len(text):
        yield text[start:], False


def cut(whole: Statement) -> Iterator[Statement]:
    """Cut a statement that is too long to be one."""
    if len(whole.words) <= MOST_WORDS:
        yield whole
        return
    for first in range(0, len(whole.words), MOST_WORDS):
        last = min(first + MOST_WORDS, len(whole.words)) - 1
        yield Statement(whole.text[whole.places[first][0] : whole.places[last][1]])
