"""From the uuid of a card or a suggestion back to the rule that it came from.

The service keeps nothing: what feedback is about stands in the uuid itself, as digests. Here
are the digests of every rule of a bundle that a uuid can be about. They do not depend on the
bundle's revision, so a card of an older revision still tells its rule, as long as that exists.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from orbicularis.cards.uuid8 import mark_of, read
from orbicularis.knowledge.bundle import Bundle


class Kind(StrEnum):
    """What a uuid is the identity of."""

    ALERT = "alert"
    DIFFERENTIAL = "differential"
    GAP = "gap"
    SUGGESTION = "suggestion"


class About(NamedTuple):
    """What a uuid tells.

    Attributes:
        kind: which kind of card, or a suggestion.
        rule: id of the rule that leads the card (a red flag, a cause, or the service itself
            where there is none), or of the order that is suggested.
        current: True when these very rules gave it, False when another revision did.
    """

    kind: Kind
    rule: str
    current: bool


class Marks:
    """The uuids of one bundle's cards and suggestions, read backwards.

    Attributes:
        ambiguous: rules that share their digests with another; nothing is told of these,
            because it might be told of the wrong one.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Digest every rule that a uuid can be about."""
        named: dict[tuple[int, int], list[tuple[Kind, str]]] = {}
        for kind, rule in sorted(set(_rules(bundle))):
            mark = mark_of(bundle.revision, kind, rule)
            named.setdefault((mark.kind, mark.subject), []).append((kind, rule))
        self._revision = mark_of(bundle.revision, "", "").revision
        self._about = {
            key: (About(*rules[0], current=False), About(*rules[0], current=True))
            for key, rules in named.items()
            if len(rules) == 1
        }
        self.ambiguous = tuple(rule for rules in named.values() if len(rules) > 1 for rule in rules)

    def read(self, uuid: str) -> About | None:
        """What the uuid is about; None when it is no uuid of ours, or its rule is gone."""
        mark = read(uuid)
        if mark is None:
            return None
        known = self._about.get((mark.kind, mark.subject))
        return None if known is None else known[mark.revision == self._revision]


def _rules(bundle: Bundle) -> Iterator[tuple[Kind, str]]:
    """Every rule that may lead a card or be suggested."""
    yield from ((Kind.ALERT, key) for key in bundle.red_flags)
    yield from ((Kind.DIFFERENTIAL, key) for key in bundle.causes)
    yield from ((Kind.SUGGESTION, key) for key in bundle.orders)
    for service in bundle.services:
        yield Kind.DIFFERENTIAL, service
        yield Kind.GAP, service
