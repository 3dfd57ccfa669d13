"""What the pages tell of a rule."""

from dataclasses import replace

import pytest

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import Strength
from orbicularis.pages.site import Site
from orbicularis.pages.unit_text import unit_text
from tests.support.html import Page


def _said(page: Page) -> str:
    return " ".join(page.text.split())


def test_a_cause_is_told_whole(site: Site, read: dict[str, Page]) -> None:
    cause = site.bundle.causes["hypoparathyroidism"]
    page = read["causes/hypoparathyroidism"]
    said = _said(page)
    for line in cause.evidence:
        assert line.reason in said
    for text in (cause.advice, cause.settled_by, *cause.known_misses, *cause.known_false_positives):
        assert text in said
    assert "strong for odds \N{MULTIPLICATION SIGN} 10" in said
    assert "moderate against odds ÷ 5" in said
    assert "strong about 10, moderate about 5, weak about 2." in said
    assert f"Version {cause.version}" in said
    assert cause.reviewed.isoformat() in said
    assert {"evidence", "thresholds", "workup", "look-alikes", "card", "vignettes"} <= page.ids


def test_limits_stand_in_both_unit_systems(read: dict[str, Page]) -> None:
    said = _said(read["findings/low-calcium"])
    assert "below 2.12 mmol/L below 8.5 mg/dL" in said
    assert "below 1.12 mmol/L below 4.49 mg/dL below 2.24 mEq/L" in said
    assert "below 2.12 mmol/L below 8.5 mg/dL" in _said(read["causes/hypoparathyroidism"])


def test_codes_stand_with_their_display_and_system(site: Site, read: dict[str, Page]) -> None:
    page = read["measurements/calcium-total"]
    for line in site.codes(site.bundle.measurements["calcium-total"].codes):
        assert line.code in page.text
        assert line.display in page.text
        assert ("abbr", {"title": line.system_title}) in page.tags


def test_every_reference_that_evidence_names_is_listed(site: Site, read: dict[str, Page]) -> None:
    for key, cause in site.bundle.causes.items():
        named = {one for line in cause.evidence for one in line.references}
        listed = {one for one in read[f"causes/{key}"].ids if one.startswith("ref-")}
        assert {f"ref-{one}" for one in named - {"clinical-consensus"}} <= listed


def test_a_rule_is_told_where_it_is_used(read: dict[str, Page]) -> None:
    assert "../causes/hypoparathyroidism.html" in read["findings/past-thyroidectomy"].links
    assert "../red-flags/rf-hypocalcaemia-severe.html" in read["orders/magnesium"].links
    assert "../services/facial-twitching.html" in read["findings/facial-twitching"].links


def test_every_cause_and_red_flag_shows_a_card(read: dict[str, Page]) -> None:
    shown = [path for path in read if path.startswith(("causes/", "red-flags/"))]
    assert shown
    assert not [path for path in shown if "card" not in read[path].ids]
    assert "Hypoparathyroidism (well supported)" in read["causes/hypoparathyroidism"].text


def test_a_card_is_made_for_most_orders(site: Site, read: dict[str, Page]) -> None:
    shown = [key for key in site.bundle.orders if "card" in read[f"orders/{key}"].ids]
    assert len(shown) > 0.9 * len(site.bundle.orders)


def test_every_vignette_beside_a_rule_comes_out_as_expected(read: dict[str, Page]) -> None:
    assert not [path for path, page in read.items() if "differs from what is expected" in page.text]


def test_a_vignette_is_told_with_what_is_expected(read: dict[str, Page]) -> None:
    said = _said(read["causes/hypoparathyroidism"])
    assert "classic, after thyroidectomy" in said
    assert "Total calcium, mass 7.9 mg/dL" in said
    assert "Thyroidectomy (procedure or history), 3 years ago" in said
    assert "A PTH in its own range is too low for a low calcium." in said
    assert "first: Hypoparathyroidism" in said
    assert "red flags: none" in said


def test_what_strengths_count_for_stands_without_a_number_where_services_differ(
    site: Site,
) -> None:
    service = site.bundle.services["facial-twitching"]
    ratios = {**service.ranking.likelihood_ratios, Strength.STRONG: 12.0}
    ranking = service.ranking.model_copy(update={"likelihood_ratios": ratios})
    other = service.model_copy(update={"id": "other", "ranking": ranking})
    bundle = replace(site.bundle, services={"facial-twitching": service, "other": other})
    assert site.ratio(Strength.STRONG) == 10
    assert Site(Engine(bundle), []).ratio(Strength.STRONG) is None


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("meq/L", "mEq/L"),
        ("umol/L", "µmol/L"),
        ("/min", "per min"),
        ("[degF]", "°F"),
        ("mmol/L", "mmol/L"),
    ],
)
def test_units_are_written_as_people_write_them(code: str, written: str) -> None:
    assert unit_text(code) == written
