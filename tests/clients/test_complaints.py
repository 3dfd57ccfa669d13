"""The rules for cards find what they are for: a good card, broken in every way."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from orbicularis.api.sample import sample
from tests.clients.complaints import of_answer, of_card

Json = dict[str, Any]


@pytest.fixture
def answer() -> Json:
    return sample("hypoparathyroidism.response")


@pytest.fixture
def card(answer: Json) -> Json:
    return copy.deepcopy(next(card for card in answer["cards"] if "suggestions" in card))


def test_nothing_is_wrong_with_the_sample(answer: Json) -> None:
    assert of_answer(answer) == []


def _set(path: str, value: Any) -> Callable[[Json], None]:
    """A change of the value at a path; ``...`` takes it away."""
    *parents, last = (int(part) if part.isdecimal() else part for part in path.split("."))

    def change(card: Json) -> None:
        place: Any = card
        for parent in parents:
            place = place[parent]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


SUGGESTION = "suggestions.0"
ACTION = f"{SUGGESTION}.actions.0"
BROKEN = [
    (_set("summary", "x" * 140), "summary"),
    (_set("summary", "two\nlines"), "summary"),
    (_set("summary", ""), "/summary is empty"),
    (_set("summary", None), "/summary is empty"),
    (_set("indicator", "hard-stop"), "indicator"),
    (_set("detail", "<b>bold</b>"), "detail"),
    (_set("detail", "| a | b |\n| - | - |\n| 1 | 2 |"), "detail"),
    (_set("detail", "# heading"), "detail"),
    (_set("detail", "[link](https://example.org)"), "detail"),
    (_set("source.label", ...), "source: no label"),
    (_set("source.url", "/rules/x"), "source: url"),
    (_set("source.icon", "https://example.org/i.png"), "source: icon"),
    (_set("source.topic", ...), "topic: no code"),
    (_set("source.topic.system", ...), "topic: no system"),
    (_set("source.topic.code", "with-a-dash"), "topic: code"),
    (_set("source.topic.code", "x" * 101), "topic: code"),
    (_set("links", []), "/links is empty"),
    (_set("suggestions", []), "/suggestions is empty"),
    (_set("selectionBehavior", ...), "selectionBehavior"),
    (_set("selectionBehavior", "at-most-one"), "selectionBehavior"),
    (_set("suggestions", ...), "selectionBehavior"),
    (_set(f"{SUGGESTION}.label", ...), "suggestion: no label"),
    (_set(f"{SUGGESTION}.uuid", ...), "suggestion: no label or no uuid"),
    (_set(f"{SUGGESTION}.isRecommended", "true"), "suggestion: isRecommended"),
    (_set(f"{SUGGESTION}.actions", []), "suggestion: not one action"),
    (_set(f"{SUGGESTION}.actions", [{}, {}]), "suggestion: not one action"),
    (_set(f"{SUGGESTION}.actionSelectionBehavior", "any"), "suggestion: actionSelectionBehavior"),
    (_set(f"{ACTION}.type", "update"), "action: not the creation"),
    (_set(f"{ACTION}.resource", {"status": "draft"}), "action: not the creation"),
    (_set(f"{ACTION}.resource.id", "1"), "action: not the creation"),
    (_set(f"{ACTION}.resourceId", "ServiceRequest/1"), "action: resourceId"),
    (_set(f"{ACTION}.description", "Order"), "action: description does not tell"),
    (_set("links", [{"label": "a", "url": "b", "type": "absolute"}]), "link: no label, or url"),
    (
        _set("links", [{"label": "a", "url": "https://b.example/", "type": "smart"}]),
        "link: not absolute",
    ),
    (
        _set(
            "links",
            [{"label": "a", "url": "https://b.example", "type": "absolute", "appContext": "c"}],
        ),
        "link: appContext",
    ),
    (_set("overrideReasons.0.display", ...), "override reason: no display"),
    (_set("overrideReasons.0.userSelected", True), "override reason: userSelected"),
    (_set("uuid", ""), "/uuid is empty"),
    (_set("vendor", 1), "card: vendor"),
]


@pytest.mark.parametrize(("change", "complaint"), BROKEN)
def test_a_broken_card_is_complained_of(
    card: Json, change: Callable[[Json], None], complaint: str
) -> None:
    change(card)
    assert [one for one in of_card(card) if one.startswith(complaint)]


def test_a_description_that_points_elsewhere_is_complained_of(card: Json) -> None:
    action = card["suggestions"][0]["actions"][0]
    action["description"] = action["description"].replace(" For: ", " For the causes above. For: ")
    assert list(of_card(card)) == ["action: description does not stand alone"]


def test_a_broken_answer_is_complained_of(answer: Json, card: Json) -> None:
    assert of_answer({"cards": [card, card]}) == ["a uuid stands twice"]
    several = [{**card, "uuid": str(number), "suggestions": None} for number in range(4)]
    assert "more than three cards" in of_answer({"cards": several})
    assert of_answer({**answer, "systemActions": []}) == ["answer: systemActions is not expected"]
