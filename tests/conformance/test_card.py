import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.cards.made import WANTED, elements
from tests.conformance.exchange import Exchange, cards, codings, links, values

SUGGESTED_CODES = {
    "action-completed",
    "action-not-priority",
    "action-performed-no-adverse-effect",
    "action-unsuccessful",
    "cds-not-applicable",
    "cds-suboptimal-context",
    "comorbidity-disability",
    "cultural-religious-reason",
    "does-not-align-latest-evidence",
    "does-not-align-preferences",
    "expert-contradicts",
    "implementation-challenges",
    "inadequate-support",
    "inappropriate-recipient",
    "indication-order-exists",
    "likely-negative-health-outcomes",
    "limited-time",
    "mitigate-risk-negative-outcome",
    "need-more-info",
    "not-convenient-feasible",
    "patient-contraindication",
    "patient-does-not-want-change",
    "patient-fears-discomfort",
    "patient-ineligible",
    "patient-refuses",
    "policy-contradicts",
    "prefers-alternative",
    "recipient-concerns-outcomes",
    "recipient-disagrees-evidence",
    "recipient-does-not-trust",
    "recipient-does-not-understand",
    "risk-benefit-ratio",
    "service-not-available",
    "too-costly-uncovered",
    "wrong-time-workflow",
}
"""HL7's code system non-adherence-reason-codes, as 3.0 suggests it."""


@pytest.mark.requirement("cds-hooks_2.0#80", "cds-hooks_2.0#81")
def test_every_card_has_a_uuid_of_its_own(exchanges: list[Exchange]) -> None:
    found = [card["uuid"] for card in cards(exchanges)]
    assert all(str(UUID(one)) == one for one in found)
    assert sorted(set(found)) == sorted(found)


@pytest.mark.requirement("cds-hooks_2.0#83")
def test_every_summary_is_one_short_sentence(exchanges: list[Exchange]) -> None:
    for card in cards(exchanges):
        assert isinstance(card["summary"], str)
        assert 0 < len(card["summary"]) < 140
        assert "\n" not in card["summary"]


@pytest.mark.requirement("cds-hooks_2.0#84", "cds-hooks_2.0#85", "cds-hooks_3.0#detail-html")
def test_every_detail_is_markdown_without_html_or_tables(exchanges: list[Exchange]) -> None:
    found = [card["detail"] for card in cards(exchanges)]
    assert any("bullet_list_open" in elements(detail) for detail in found)
    for detail in found:
        assert elements(detail) <= WANTED


@pytest.mark.requirement("cds-hooks_2.0#87", "cds-hooks_2.0#88")
def test_every_indicator_is_one_of_three_and_all_three_are_used(
    exchanges: list[Exchange],
) -> None:
    assert {card["indicator"] for card in cards(exchanges)} == {"info", "warning", "critical"}


@pytest.mark.requirement("cds-hooks_2.0#90", "cds-hooks_2.0#105")
def test_every_card_tells_its_source(exchanges: list[Exchange]) -> None:
    for card in cards(exchanges):
        assert isinstance(card["source"]["label"], str)
        assert card["source"]["label"]


@pytest.mark.requirement("cds-hooks_2.0#107", "cds-hooks_2.0#108", "cds-hooks_2.0#109")
def test_the_address_of_a_source_if_there_is_one_is_absolute_and_of_no_single_patient(
    exchanges: list[Exchange],
) -> None:
    for exchange in exchanges:
        for card in exchange.cards:
            if "url" in card["source"]:
                assert _is_absolute(card["source"]["url"])
                context = (exchange.request["hookInstance"], card["uuid"])
                assert not any(part in card["source"]["url"] for part in context)


@pytest.mark.requirement("cds-hooks_2.0#113")
def test_no_source_has_an_icon_that_could_break(exchanges: list[Exchange]) -> None:
    assert [card for card in cards(exchanges) if "icon" in card["source"]] == []


@pytest.mark.requirement("cds-hooks_2.0#115", "cds-hooks_2.0#116", "cds-hooks_2.0#216")
@pytest.mark.requirement("cds-hooks_2.0#217", "cds-hooks_2.0#218", "cds-hooks_2.0#220")
def test_every_coding_has_code_and_system(exchanges: list[Exchange]) -> None:
    for coding in codings(exchanges):
        assert {"code", "system"} <= set(coding) <= {"code", "system", "display"}
        assert all(isinstance(part, str) and part for part in coding.values())


@pytest.mark.requirement("cds-hooks_2.0#98", "cds-hooks_2.0#99", "cds-hooks_2.0#100")
@pytest.mark.requirement("cds-hooks_2.0#136", "cds-hooks_2.0#219", "cds-hooks_3.0#override-codes")
def test_every_card_offers_reasons_to_override_it_in_words_and_in_hl7s_codes(
    exchanges: list[Exchange],
) -> None:
    for card in cards(exchanges):
        assert isinstance(card["overrideReasons"], list)
        for reason in card["overrideReasons"]:
            assert isinstance(reason["display"], str)
            assert reason["display"]
            assert reason["system"].endswith("/CodeSystem/non-adherence-reason-codes")
            assert reason["code"] in SUGGESTED_CODES


@pytest.mark.requirement("cds-hooks_2.0#103", "cds-hooks_2.0#104", "cds-hooks_2.0#138")
@pytest.mark.requirement("cds-hooks_2.0#139", "cds-hooks_2.0#141", "cds-hooks_2.0#142")
@pytest.mark.requirement("cds-hooks_2.0#145", "cds-hooks_2.0#146", "cds-hooks_2.0#147")
@pytest.mark.requirement("cds-hooks_3.0#autolaunch")
def test_every_link_is_an_absolute_one_with_a_label_and_nothing_else(
    exchanges: list[Exchange],
) -> None:
    assert any("links" not in card for card in cards(exchanges))
    assert links(exchanges)
    for link in links(exchanges):
        assert set(link) == {"label", "url", "type"}
        assert link["type"] == "absolute"
        assert isinstance(link["label"], str)
        assert link["label"]
        assert _is_absolute(link["url"])


@pytest.mark.requirement("cds-hooks_2.0#214", "cds-hooks_2.0#215", "cds-hooks_3.0#agreed-extension")
def test_every_extension_is_an_object_of_names_that_begin_with_a_domain(
    exchanges: list[Exchange],
) -> None:
    found = [
        value
        for exchange in exchanges
        for path, value in values(exchange.response.json())
        if path.endswith("/extension") and "/resource/" not in path
    ]
    assert found
    for extension in found:
        assert isinstance(extension, dict)
        assert all(re.fullmatch(r"[a-z]+(\.[a-z]+)+", name) for name in extension)


@pytest.mark.requirement("cds-hooks_2.0#214")
def test_the_extension_holds_what_is_documented(exchanges: list[Exchange]) -> None:
    found = [card["extension"] for card in cards(exchanges) if "extension" in card]
    assert {name for one in found for name in one} == {"org.orbicularis.differential"}
    for extension in found:
        ranking = extension["org.orbicularis.differential"]
        assert set(ranking) == {"revision", "causes"}
        for cause in ranking["causes"]:
            _check_cause(cause)


def _check_cause(cause: dict[str, Any]) -> None:
    assert set(cause) == {"rank", "id", "title", "band", "score"}
    assert cause["band"] in {"well-supported", "possible", "less-likely"}


def _is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
