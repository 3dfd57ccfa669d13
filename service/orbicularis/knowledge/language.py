"""Language: word lists, body sites and the triggers that turn a statement around.

Negation follows the trigger approach that NegEx published: a trigger before or after a
term, a window of words, and words that end its reach.
"""

from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, Knowledge, Text


class Site(Knowledge):
    """A body site, told by words in a bodySite or a statement."""

    title: Text
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class Triggers(Knowledge):
    """Phrases that change what a statement says about the terms near them.

    Attributes:
        before: negate terms that follow within ``window`` words.
        after: negate terms that precede within ``window`` words.
        not_negating: phrases that look like a negation and are none.
        ends: words that end the reach of a trigger.
        window: most words between trigger and term.
        other_person: words that make a statement about somebody else.
        history: phrases that make it a matter of the past.
        hypothetical: phrases that make it a possibility, a plan or advice.
    """

    before: tuple[Text, ...]
    after: tuple[Text, ...]
    not_negating: tuple[Text, ...] = ()
    ends: tuple[Text, ...]
    window: Annotated[int, Field(ge=1, le=20)]
    other_person: tuple[Text, ...]
    history: tuple[Text, ...]
    hypothetical: tuple[Text, ...]


class Answers(Knowledge):
    """What a coded or written answer means.

    ``present_codes`` and ``absent_codes`` are ``SYSTEM|code`` pairs; the words are whole
    answers, lower-cased.
    """

    present_codes: tuple[Text, ...]
    absent_codes: tuple[Text, ...]
    present_words: tuple[Text, ...]
    absent_words: tuple[Text, ...]
    unknown_words: tuple[Text, ...]


class Language(Knowledge):
    """``language.yaml``: everything that reading text needs.

    Attributes:
        words: word lists by name.
        sites: body sites by id.
        triggers: what turns a statement around.
        answers: what whole answers mean.
        order_fillers: words in the name of an order that do not make it another one.
    """

    words: dict[Id, tuple[Text, ...]]
    sites: dict[Id, Site]
    triggers: Triggers
    answers: Answers
    order_fillers: tuple[Text, ...] = ()
