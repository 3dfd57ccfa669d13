"""Makes cards of small bundles and charts, and reads them as a client would."""

from collections.abc import Iterator
from typing import Any

import msgspec
from markdown_it import MarkdownIt

from orbicularis.cards.card import Card
from orbicularis.cards.compose import compose
from orbicularis.facts.assessment import Assessment
from orbicularis.facts.fact import Fact
from orbicularis.knowledge.bundle import Bundle
from tests.support.charts import assessed

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

WANTED = frozenset(
    f"{name}_{end}"
    for name in ("paragraph", "bullet_list", "list_item", "strong")
    for end in ("open", "close")
) | {"inline", "text", "text_special"}
"""What a card's detail is made of, in the words of a Markdown reader."""


def templates(bundle: Bundle) -> dict[str, dict[str, Any]]:
    """Draft ServiceRequests, one per order."""
    return {
        name: {"resourceType": "ServiceRequest", "status": "draft", "code": {"text": name}}
        for name in bundle.orders
    }


def composed(assessment: Assessment, bundle: Bundle) -> tuple[Card, ...]:
    """The cards of an assessment."""
    return compose(assessment, bundle.references, templates(bundle))


def cards(bundle: Bundle, *facts: Fact, **more: Any) -> tuple[Card, ...]:
    """The cards for a chart with these facts."""
    return composed(assessed(bundle, *facts, **more), bundle)


def encoded(card: Card) -> Any:
    """A card as the client reads it."""
    return msgspec.json.decode(msgspec.json.encode(card))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a JSON tree with its path, those that hold others included."""
    yield path, value
    parts = list(enumerate(value)) if isinstance(value, list) else []
    if isinstance(value, dict):
        parts = list(value.items())
    for key, part in parts:
        yield from leaves(part, f"{path}/{key}")


def elements(detail: str) -> set[str]:
    """The kinds of elements of a Markdown text."""
    return {
        kind
        for token in _MARKDOWN.parse(detail)
        for kind in (token.type, *(child.type for child in token.children or ()))
    }


def rendered(detail: str) -> str:
    """The text that a reader of rendered Markdown sees, line by line."""
    return "\n".join(
        "".join(child.content for child in token.children or ())
        for token in _MARKDOWN.parse(detail)
        if token.type == "inline"
    )
