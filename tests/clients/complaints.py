"""What a real client would complain of in a card.

Each rule is one of a client or of its conformance tests; README.md names them. The rules are
held to their word by ``test_complaints``, which breaks a good card in every way.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.cards.made import WANTED, elements
from tests.conformance.exchange import empties, values

Json = dict[str, Any]

_FIELDS = {
    "card": {
        "uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior",
        "overrideReasons", "links", "extension",
    },
    "source": {"label", "url", "topic"},
    "suggestion": {"label", "uuid", "isRecommended", "actions"},
    "action": {"type", "description", "resource"},
    "link": {"label", "url", "type"},
    "coding": {"code", "system", "display"},
}  # fmt: skip
"""What we send. Smart links, ``actionSelectionBehavior`` and icons are not among it."""


def of_answer(answer: Json) -> list[str]:
    """Everything that is wrong with an answer."""
    cards = answer["cards"]
    found = [f"{card['uuid']}: {complaint}" for card in cards for complaint in of_card(card)]
    found += _unknown("answer", answer, {"cards"})
    uuids = [value for path, value in values(cards) if path.endswith("/uuid")]
    if len(set(uuids)) < len(uuids):
        found.append("a uuid stands twice")
    if len(cards) > 3:
        found.append("more than three cards")
    return found


def of_card(card: Json) -> Iterator[str]:
    """Everything that is wrong with one card."""
    yield from _unknown("card", card, _FIELDS["card"])
    yield from (f"{path} is empty" for path in empties(card))
    yield from _words(card)
    yield from _source(card.get("source", {}))
    yield from _suggestions(card)
    for link in card.get("links", ()):
        yield from _link(link)
    for reason in card.get("overrideReasons", ()):
        yield from _coding("override reason", reason, {"code", "system", "display"})


def _words(card: Json) -> Iterator[str]:
    summary, detail = card.get("summary") or "", card.get("detail") or ""
    if not 0 < len(summary) < 140 or "\n" in summary:
        yield "summary: not one line of 1 to 139 characters"
    if card.get("indicator") not in ("info", "warning", "critical"):
        yield "indicator: none of the three"
    if not elements(detail) <= WANTED:
        yield "detail: more than paragraphs, lists and bold words, or HTML"


def _source(source: Json) -> Iterator[str]:
    yield from _unknown("source", source, _FIELDS["source"])
    if not source.get("label"):
        yield "source: no label"
    if "url" in source and not _absolute(source["url"]):
        yield "source: url is not absolute"
    topic = source.get("topic", {})
    yield from _coding("topic", topic, {"code", "system"})
    if not re.fullmatch("[A-Za-z0-9]{1,100}", topic.get("code", "")):
        yield "topic: code is not alphanumeric or longer than 100 characters"


def _suggestions(card: Json) -> Iterator[str]:
    suggestions = card.get("suggestions") or []
    if card.get("selectionBehavior") != ("any" if suggestions else None):
        yield "selectionBehavior: not any with suggestions, or there without"
    for suggestion in suggestions:
        yield from _unknown("suggestion", suggestion, _FIELDS["suggestion"])
        if not suggestion.get("label") or not suggestion.get("uuid"):
            yield "suggestion: no label or no uuid"
        if suggestion.get("isRecommended", True) is not True:
            yield "suggestion: isRecommended is not true where it stands"
        actions = suggestion.get("actions", [])
        if len(actions) != 1:
            yield "suggestion: not one action"
        for action in actions:
            yield from _action(action, suggestion.get("label", ""))


def _action(action: Json, label: str) -> Iterator[str]:
    yield from _unknown("action", action, _FIELDS["action"])
    resource = action.get("resource", {})
    if action.get("type") != "create" or "resourceType" not in resource or "id" in resource:
        yield "action: not the creation of a new resource"
    description = action.get("description", "")
    told = re.fullmatch(rf"{re.escape(label)}\. \S.* For: \S.*\.", description)
    if not label or told is None:
        yield "action: description does not tell what would be ordered, why and for what"
    if re.search(r"(?i)\b((above|below)\b(?! \d)|this card|see the)", description):
        yield "action: description does not stand alone"


def _link(link: Json) -> Iterator[str]:
    yield from _unknown("link", link, _FIELDS["link"])
    if not link.get("label") or not _absolute(link.get("url", "")):
        yield "link: no label, or url is not absolute"
    if link.get("type") != "absolute":
        yield "link: not absolute"


def _coding(what: str, coding: Json, wanted: set[str]) -> Iterator[str]:
    yield from _unknown(what, coding, _FIELDS["coding"])
    yield from (f"{what}: no {field}" for field in sorted(wanted - coding.keys()))


def _unknown(what: str, part: Json, known: Iterable[str]) -> Iterator[str]:
    yield from (f"{what}: {field} is not expected" for field in sorted(part.keys() - set(known)))


def _absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
