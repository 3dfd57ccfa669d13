"""What must hold of every card, over made-up bundles, charts and titles."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.cards.differential import EXTENSION
from orbicularis.cards.frame import LINK_LABEL_MOST, SUMMARY_MOST, shorten
from orbicularis.cards.uuid8 import mark_of, read
from orbicularis.engine.trace import trace
from orbicularis.facts.chart import AnswerKind, SourceAnswer
from orbicularis.facts.fact import Fact, Quantity
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.reference import Reference
from tests.cards.hostile import HOSTILE
from tests.cards.made import WANTED, cards, composed, elements, encoded, leaves
from tests.support.bundles import STUDY, bundle, cause, finding, pro, red_flag
from tests.support.calcium import RULES as CALCIUM
from tests.support.charts import assessed, result, seen
from tests.support.strategies import bundles, charts

_RANKS = {"info": 0, "warning": 1, "critical": 2}


@given(bundles(), charts)
def test_its_form(rules: Bundle, chart: list[Fact]) -> None:
    assessment = assessed(rules, *chart, encounter_id="e1")
    made = [encoded(card) for card in composed(assessment, rules)]
    assert 1 <= len(made) <= 3
    for card in made:
        assert 0 < len(card["summary"]) <= SUMMARY_MOST
        assert [path for path, leaf in leaves(card) if leaf in (None, "", [], {})] == []
        assert ("suggestions" in card) is ("selectionBehavior" in card)
        assert card.get("selectionBehavior", "any") == "any"
        assert re.fullmatch("[A-Za-z0-9]+", card["source"]["topic"]["code"])
        assert all(link["type"] == "absolute" for link in card.get("links", ()))
        assert elements(card["detail"]) <= WANTED
        for suggestion in card.get("suggestions", ()):
            (action,) = suggestion["actions"]
            assert action["resource"].keys() >= {"subject", "encounter", "reasonCode"}


@given(bundles(), charts)
def test_its_indicator(rules: Bundle, chart: list[Fact]) -> None:
    assessment = assessed(rules, *chart)
    made = composed(assessment, rules)
    alerts = made[:1] if assessment.fired else ()
    for alert in alerts:
        highest = max(flag.red_flag.indicator.rank for flag in assessment.fired)
        assert _RANKS[alert.indicator] == highest
    others = made[len(alerts) :]
    assert all(card.indicator != "critical" for card in others)
    assert bool(others) or (assessment.fired and not assessment.listed)


@given(bundles(), charts)
def test_its_identity(rules: Bundle, chart: list[Fact]) -> None:
    def identities(instance: str) -> list[str]:
        made = [encoded(one) for one in cards(rules, *chart, hook_instance=instance)]
        return [leaf for one in made for path, leaf in leaves(one) if path.endswith("/uuid")]

    mine = identities("instance-1")
    assert len(set(mine)) == len(mine)
    assert all(UUID(one).version == 8 for one in mine)
    assert identities("instance-1") == mine
    assert not set(identities("instance-2")) & set(mine)


@pytest.mark.requirement("cds-hooks_2.0#82")
def test_its_identity_leads_back_to_the_rules() -> None:
    rules = bundle(cause("spasm", pro("twitching", "strong")), red_flag("alarm", "twitching"))
    alert, differential = cards(rules, seen("twitching"))
    assert read(alert.uuid) == mark_of("revision", "alert", "alarm")
    assert read(differential.uuid) == mark_of("revision", "differential", "spasm")


@given(bundles(), charts)
def test_its_ranking_is_that_of_the_assessment_and_of_the_trace(
    rules: Bundle, chart: list[Fact]
) -> None:
    assessment = assessed(rules, *chart)
    told = trace(assessment)
    *_, differential = map(encoded, composed(assessment, rules))
    ranking = differential.get("extension", {}).get(EXTENSION, {"causes": []})["causes"]
    assert [(one["rank"], one["id"], one["title"], one["band"]) for one in ranking] == [
        (rank, one.cause.id, one.cause.title, one.band)
        for rank, one in enumerate(assessment.listed, start=1)
    ]
    listed = [one for one in told["causes"] if one["listed"]]
    assert [(one["id"], one["band"]) for one in listed] == [
        (one["id"], one["band"]) for one in ranking
    ]
    for traced, sent in zip(listed, ranking, strict=True):
        assert traced["score"] == pytest.approx(sent["score"], abs=0.0051)
    proposed = [one["id"] for one in told["orders"] if one["state"] == "proposed"]
    assert proposed == [one.order.id for one in assessment.proposed]
    assert [one["id"] for one in told["red_flags"] if one["fired"]] == [
        flag.red_flag.id for flag in assessment.fired
    ]


titles = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=400).filter(
    str.strip
)


@given(titles, titles, titles)
def test_a_summary_fits_whatever_the_titles_are(index: str, spasm: str, source: str) -> None:
    rules = bundle(
        finding("twitching", title=index),
        cause("spasm", pro("twitching", "strong"), title=spasm, references=(STUDY,)),
        red_flag("alarm", "twitching", summary=source[:139].strip() or "x"),
        red_flag("other", "twitching"),
    )
    long = Reference(title=source, citation="c", url="https://example.org", seen="read")
    for card in cards(replace(rules, references={STUDY: long}), seen("twitching")):
        assert 0 < len(card.summary) <= SUMMARY_MOST
        assert all(0 < len(link.label) <= LINK_LABEL_MOST for link in card.links or ())


def test_links_lead_to_the_literature_that_has_an_address() -> None:
    keys = ("study", "offline", "unlisted", "b", "c", "d", "e", "study")
    given = {
        key: Reference(
            title=f"About {key}",
            citation="c",
            url=None if key == "offline" else f"https://example.org/{key}",
            seen="read",
        )
        for key in keys
        if key != "unlisted"
    }
    rules = bundle(cause("spasm", pro("twitching", "strong"), references=keys))
    (card,) = cards(replace(rules, references=given), seen("twitching"))
    assert [(link.label, link.url) for link in card.links or ()] == [
        (f"About {key}", f"https://example.org/{key}") for key in ("study", "b", "c", "d")
    ]


def test_a_summary_is_cut_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one two", 7) == "one two"
    assert shorten("onetwothree", 6) == "onetw…"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_chart_acts_on_a_card(text: str) -> None:
    low = cause("lack", pro("low-calcium", "strong"), pro("severe-calcium", "strong"))
    rules = bundle(*CALCIUM.measurements.values(), *CALCIUM.findings.values(), low)
    facts = (
        seen("twitching", label=text, reference=text),
        result("calcium", 1.8, text, low=2.1, high=2.6, label=text, reference=text),
        seen("ionised", quantity=Quantity(None, text), label=text),
    )
    answers = {
        text: SourceAnswer(text, AnswerKind.FAILED, index=True, detail=text),
        "symptoms": SourceAnswer("symptoms", AnswerKind.ANSWERED, index=True),
    }
    spoken = cards(rules, *facts, answers=answers)
    silent = cards(rules, answers=answers)
    assert len(spoken) == len(silent) == 1
    for card in (*spoken, *silent):
        assert elements(card.detail) <= WANTED
        assert not re.search(r"(?i)(https?|ftp|mailto|xmpp):|www\.|\w@\w", card.detail)
        shown = card.detail.replace("\u200b", "").replace("\n", "")
        assert shown.isprintable()
        assert not set(card.summary) & set("<>[]|*_\u202e")
    assert "unreadable" in spoken[0].detail
    assert "failed" in silent[0].detail
