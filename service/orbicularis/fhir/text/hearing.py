"""Hearing: what the words of one call's records say; nothing of them outlives the call.

A chart words the same thing again and again: what was heard once in a call is remembered.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import msgspec
from msgspec.structs import replace

from orbicularis.facts.fact import Mention, State
from orbicularis.fhir.text.prose import Heard, Prose

_PRECEDENCE = (State.PRESENT, State.ABSENT, State.UNKNOWN)
_OPPOSITE = {State.PRESENT: State.ABSENT, State.ABSENT: State.UNKNOWN}


class Said(msgspec.Struct, frozen=True):
    """What the words of one item say.

    Attributes:
        mentions: findings that they name, each with its state.
        sites: body sites that they name.
    """

    mentions: tuple[Mention, ...] = ()
    sites: frozenset[str] = frozenset()

    def joined(self, other: Self) -> Self:
        """Put together what two texts of one item say."""
        mentions = tuple(_merged((*self.mentions, *other.mentions)))
        return type(self)(mentions, self.sites | other.sites)


class Hearing:
    """Listens to the words of one call.

    Attributes:
        prose: finds terms of the rules in text.
    """

    def __init__(self, prose: Prose) -> None:
        """Start with nothing heard."""
        self.prose = prose
        self._alone: dict[str, Heard] = {}

    def read(
        self, labels: Sequence[str], values: Sequence[str] = (), answer: State | None = None
    ) -> Said:
        """Read one item: its labels (wordings of one thing), then what is answered to it.

        Args:
            labels: the words of the code, each with those of the body site.
            values: the words of an answer that is more than yes or no.
            answer: present, absent or unknown, when the answer says just that.
        """
        heard = [self.prose.answered(labels, values)] if values else list(map(self._heard, labels))
        told = [mention for one in heard for mention in one.told]
        asked = [mention for one in heard for mention in one.asked]
        if not values and answer is None:
            asked = [replace(mention, state=State.UNKNOWN) for mention in asked]
        found = told + asked
        if answer is not None:
            found = [_answered(mention, answer) for mention in found]
        sites: frozenset[str] = frozenset().union(*(one.sites for one in heard))
        return Said(tuple(_merged(found)), sites)

    def named(self, texts: Sequence[str]) -> frozenset[str]:
        """Findings that any of the texts names by itself, whatever it says of them."""
        heard = map(self._heard, texts)
        return frozenset(mention.finding for one in heard for mention in (*one.told, *one.asked))

    def _heard(self, text: str) -> Heard:
        known = self._alone.get(text)
        if known is None:
            known = self._alone[text] = self.prose.alone(text)
        return known


def _answered(mention: Mention, answer: State) -> Mention:
    """Turn what a label says by the answer to it."""
    if answer is State.PRESENT:
        return mention
    state = _OPPOSITE.get(mention.state, State.UNKNOWN)
    return replace(mention, state=state if answer is State.ABSENT else State.UNKNOWN)


def _merged(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Keep one mention per finding and time; what is said to be there outweighs the rest."""
    best: dict[tuple[str, bool], Mention] = {}
    for mention in mentions:
        key = (mention.finding, mention.history)
        known = best.get(key)
        if known is None or _weight(mention) < _weight(known):
            best[key] = mention
    for key in sorted(best):
        yield best[key]


def _weight(mention: Mention) -> tuple[int, str]:
    return _PRECEDENCE.index(mention.state), mention.quote
