"""Uuids read backwards: from a card or suggestion to the rule that it came from."""

from pathlib import Path

import pytest
from hypothesis import given

from orbicularis.authoring.vignettes import run
from orbicularis.cards import marks as module
from orbicularis.cards.card import Card
from orbicularis.cards.marks import About, Kind, Marks
from orbicularis.cards.uuid8 import Mark, make, mark_of, read
from orbicularis.engine.engine import Engine
from orbicularis.facts.assessment import Assessment
from orbicularis.facts.fact import Fact
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load, vignettes
from tests.cards.made import composed
from tests.support.bundles import bundle, cause, order, pro
from tests.support.charts import assessed
from tests.support.strategies import bundles, charts

RULES = Path(__file__).parents[2] / "rules"


def expected(assessment: Assessment, kind: Kind) -> str:
    """The rule that leads a card of this kind."""
    if kind is Kind.ALERT:
        return assessment.fired[0].red_flag.id
    if kind is Kind.DIFFERENTIAL and assessment.listed:
        return assessment.listed[0].cause.id
    return assessment.service.id


def orders(card: Card) -> list[str]:
    """Titles of what a card suggests, as its buttons say."""
    return [suggestion.label for suggestion in card.suggestions or ()]


def hold(cards: tuple[Card, ...], assessment: Assessment, rules: Bundle) -> set[Kind]:
    """Every uuid must tell what it stands on; the kinds of cards that were seen."""
    marks = Marks(rules)
    kinds = []
    for card in cards:
        about = marks.read(card.uuid)
        assert about is not None
        assert about == (about.kind, expected(assessment, about.kind), True)
        # The topic of a card begins with its kind, too.
        assert card.source.topic is not None
        assert card.source.topic.code.startswith(about.kind)
        kinds.append(about.kind)
        told = [marks.read(suggestion.uuid) for suggestion in card.suggestions or ()]
        assert {one.kind for one in told if one} <= {Kind.SUGGESTION}
        texts = [rules.orders[one.rule].text for one in told if one]
        assert all(map(str.__contains__, orders(card), texts))
        assert len(texts) == len(orders(card))
    assert len(kinds) == len(set(kinds))
    return set(kinds)


def test_no_two_of_the_real_rules_share_their_digests() -> None:
    assert Marks(load(RULES)).ambiguous == ()


def test_every_uuid_of_real_cards_is_recognised() -> None:
    """Over a fifth of the vignettes' files; the next test holds all shapes."""
    engine = Engine(load(RULES))
    kinds = set()
    for _, group in sorted(vignettes(RULES)[0].items())[::5]:
        answer = run(group.vignettes[0], group.service, engine).answer
        kinds |= hold(answer.cards, answer.assessment, engine.bundle)
    assert kinds >= {Kind.ALERT, Kind.DIFFERENTIAL}


@given(bundles(), charts)
def test_every_uuid_of_made_up_cards_is_recognised(rules: Bundle, chart: list[Fact]) -> None:
    assessment = assessed(rules, *chart)
    hold(composed(assessment, rules), assessment, rules)


SMALL = bundle(cause("tetany", pro("twitching")), order("calcium"))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (Kind.DIFFERENTIAL, "tetany"),
        (Kind.SUGGESTION, "calcium"),
        *((kind, service) for kind in (Kind.DIFFERENTIAL, Kind.GAP) for service in SMALL.services),
    ],
)
def test_another_revision_is_told_from_this_one(kind: Kind, rule: str) -> None:
    marks = Marks(SMALL)
    assert marks.read(make(SMALL.revision, kind, rule, "1")) == About(kind, rule, current=True)
    assert marks.read(make("another", kind, rule, "1")) == About(kind, rule, current=False)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("differential", "calcium"),
        ("suggestion", "tetany"),
        ("alert", "tetany"),
        ("", "tetany"),
        ("differential", ""),
    ],
)
def test_what_is_no_rule_of_that_kind_is_not_recognised(kind: str, rule: str) -> None:
    assert Marks(SMALL).read(make(SMALL.revision, kind, rule, "1")) is None


@pytest.mark.parametrize(
    "other", ["", "tetany", "cdd3e7d8-82d2-4a25-82b1-10940c524e01", "0" * 32, "f" * 32]
)
def test_what_is_none_of_ours_is_not_recognised(other: str) -> None:
    assert Marks(SMALL).read(other) is None


def test_rules_that_share_their_digests_are_never_taken_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Made to happen here; 40 bits leave one chance in a hundred million."""
    rules = bundle(order("calcium"), order("magnesium"))
    uuid = make(rules.revision, Kind.SUGGESTION, "calcium", "1")
    assert Marks(rules).read(uuid) == (Kind.SUGGESTION, "calcium", True)

    def all_alike(mark: Mark | None) -> Mark:
        assert mark is not None
        return mark._replace(subject=0)

    monkeypatch.setattr(module, "mark_of", lambda *texts: all_alike(mark_of(*texts)))
    monkeypatch.setattr(module, "read", lambda uuid: all_alike(read(uuid)))
    marks = Marks(rules)
    assert marks.ambiguous == ((Kind.SUGGESTION, "calcium"), (Kind.SUGGESTION, "magnesium"))
    assert marks.read(uuid) is None
    (service,) = rules.services
    assert marks.read(make(rules.revision, Kind.GAP, "", "1")) == (Kind.GAP, service, True)
