"""Values of the rules in words, for readers of a page."""

from datetime import timedelta

from orbicularis.authoring.said import said as said_exactly

_YEAR = 365


def said(value: object) -> str:
    """Say a value; whole years as years, as the rules write them."""
    if isinstance(value, timedelta) and value and value % timedelta(days=_YEAR) == timedelta(0):
        years = value.days // _YEAR
        return f"{years} year{'' if years == 1 else 's'}"
    return said_exactly(value)


def words(value: object) -> str:
    """Say an id or an enumerated value as words."""
    return str(value).replace("-", " ").replace("_", " ")


def sentence(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return text[:1].upper() + text[1:]
