"""What must hold of every answer with cards (CDS Hooks 2.0, CDS Service Response)."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.cards.made import WANTED, elements
from tests.fuzz.broken import Broken, hold
from tests.fuzz.refusals import validator

MOST_CARDS = 3
SUMMARY_BELOW = 140
INDICATORS = frozenset({"info", "warning", "critical"})
_LINKED = re.compile(r"(?i)(https?|ftp|mailto|xmpp):|www\.|\w@\w")
_UNSEEN = {"\u200b", "\n"}
"""A zero-width space breaks what would become a link; lines are those of Markdown."""


def check(body: bytes, patient: str | None) -> list[dict[str, Any]]:
    """Hold an answer to the protocol.

    Args:
        body: what was answered.
        patient: id of the patient in context, where it is known.

    Raises:
        Broken: something of it must not be.
    """
    answer = _decoded(body)
    errors = [str(error) for error in validator("Cards").iter_errors(answer)]
    hold(not errors, "cards: not valid", errors)
    cards: list[dict[str, Any]] = answer["cards"]
    hold(len(cards) <= MOST_CARDS, "cards: too many", len(cards))
    uuids = list(_uuids(cards))
    hold(len(set(uuids)) == len(uuids), "cards: a uuid twice", uuids)
    for card in cards:
        _check_card(card)
        for suggestion in card.get("suggestions", ()):
            _check_suggestion(suggestion, patient)
    return cards


def _decoded(body: bytes) -> dict[str, Any]:
    """Read JSON as its standard has it: UTF-8, no NaN, no half characters."""
    try:
        answer = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        json.dumps(answer, ensure_ascii=False).encode("utf-8")
    except ValueError as error:
        raise Broken("cards: not JSON", str(error)) from None
    hold(isinstance(answer, dict), "cards: not an object")
    found: dict[str, Any] = answer
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _uuids(cards: list[dict[str, Any]]) -> Iterator[str]:
    for card in cards:
        yield card["uuid"]
        yield from (suggestion["uuid"] for suggestion in card.get("suggestions", ()))


def _check_card(card: dict[str, Any]) -> None:
    summary, detail = card["summary"], card["detail"]
    hold(0 < len(summary) < SUMMARY_BELOW, "card: length of the summary", summary)
    hold(summary.isprintable(), "card: summary of several lines, or unseen characters", summary)
    hold(card["indicator"] in INDICATORS, "card: indicator", card["indicator"])
    hold(str(UUID(card["uuid"])) == card["uuid"], "card: uuid", card["uuid"])
    unwanted = elements(detail) - WANTED
    hold(not unwanted, f"card: detail holds {', '.join(sorted(unwanted))}", detail)
    hold(not _LINKED.search(detail), "card: detail would become a link", detail)
    seen = "".join(character for character in detail if character not in _UNSEEN)
    hold(seen.isprintable(), "card: detail holds unseen characters", repr(detail))


def _check_suggestion(suggestion: dict[str, Any], patient: str | None) -> None:
    hold(bool(suggestion["label"].strip()), "suggestion: no label")
    (action,) = suggestion["actions"]
    resource = action["resource"]
    hold(action["type"] == "create", "action: type", action["type"])
    hold(bool(action["description"].strip()), "action: no description")
    hold(resource["resourceType"] == "ServiceRequest", "action: type of resource", resource)
    hold(resource["status"] == "draft", "action: status", resource)
    subject = resource["subject"]["reference"]
    hold(patient is None or subject == f"Patient/{patient}", "action: subject", subject)
