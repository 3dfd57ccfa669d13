"""Folding of text, so that one spelling of a term finds all of them.

Letters lose case and accents, apostrophes vanish ("Bell's" is "bells"), and everything that is
neither letter nor digit becomes a space.
"""

import unicodedata

_VANISHING = "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{SOFT HYPHEN}"


def _fold_character(character: str) -> str:
    if character in _VANISHING:
        return ""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(
        part if part.isalnum() else "" if unicodedata.category(part)[0] == "M" else " "
        for part in plain
    )


class _Folding(dict[int, str]):
    """What each character becomes; what is not ASCII is worked out anew each time."""

    def __missing__(self, code: int) -> str:
        return _fold_character(chr(code))


_FOLDING = _Folding({code: _fold_character(chr(code)) for code in range(128)})


def fold(text: str) -> str:
    """Give the words of a text, folded, with one space between them."""
    return " ".join(text.translate(_FOLDING).split())


def folded_characters(text: str) -> list[str]:
    """Give what each character of the text becomes; a space parts words."""
    return [_FOLDING[ord(character)] for character in text]
