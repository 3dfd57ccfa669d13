"""Calls that were made, and how the answers are walked through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call over HTTP and its answer.

    Attributes:
        name: whose chart it was, to be told when something is wrong with the answer.
        request: what was sent.
        response: what came back.
    """

    name: str
    request: Json
    response: httpx.Response

    @property
    def cards(self) -> list[Json]:
        """The cards of the answer."""
        cards = self.response.json()["cards"]
        assert isinstance(cards, list)
        return cards


def cards(exchanges: list[Exchange]) -> list[Json]:
    """Every card of every answer."""
    return [card for exchange in exchanges for card in exchange.cards]


def suggestions(exchanges: list[Exchange]) -> list[Json]:
    """Every suggestion of every card."""
    return [one for card in cards(exchanges) for one in card.get("suggestions", ())]


def actions(exchanges: list[Exchange]) -> list[Json]:
    """Every action of every suggestion."""
    return [action for one in suggestions(exchanges) for action in one["actions"]]


def links(exchanges: list[Exchange]) -> list[Json]:
    """Every link of every card."""
    return [link for card in cards(exchanges) for link in card.get("links", ())]


def codings(exchanges: list[Exchange]) -> list[Json]:
    """Every coding of the protocol: topics and override reasons."""
    return [
        coding
        for card in cards(exchanges)
        for coding in (card["source"]["topic"], *card.get("overrideReasons", ()))
    ]


def values(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value below one, with its path."""
    inside = part if isinstance(part, dict) else {}
    inside = dict(enumerate(part)) if isinstance(part, list) else inside
    for key, value in inside.items():
        yield f"{path}/{key}", value
        yield from values(value, f"{path}/{key}")


def empties(part: Any) -> list[str]:
    """Where there is a null, an empty string, an empty array or an empty object."""
    return [path for path, value in values(part) if value in (None, "", [], {})]
