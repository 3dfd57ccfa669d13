"""Suggestions for misspelt words."""

from orbicularis.knowledge.suggest import did_you_mean, remedy

KNOWN = ("lip-twitching", "tetany", "LOINC")


def test_the_closest_word_is_suggested() -> None:
    assert did_you_mean("lip-twiching", KNOWN) == "lip-twitching"
    assert did_you_mean("loinc", KNOWN) == "LOINC"
    assert remedy("tetanny", KNOWN) == 'did you mean "tetany"?'


def test_nothing_is_suggested_where_nothing_is_close() -> None:
    assert did_you_mean("zzz", KNOWN) is None
    assert remedy("zzz", KNOWN) == ""
