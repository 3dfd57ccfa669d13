"""An overlay changes what a site does, and leaves the base as it is."""

from pathlib import Path

import pytest

from orbicularis.errors.problem import BundleError
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Criterion, Range, Side
from orbicularis.knowledge.load import load, vignettes
from tests.knowledge.builder import SMALL
from tests.knowledge.overlays import SYSTEMS, Site

OFF = """\
switch_off:
  causes:
    plain-cramp: seen here by nobody
"""
FLAG_OFF = """\
switch_off:
  red_flags:
    tetany-now:
      reason: tetany is called out by the laboratory
      agreed_by: Dr Example, head of medicine
"""
THRESHOLD = """\
change:
  findings:
    low-calcium:
      reason: the limits of our laboratory
      thresholds:
        calcium:
          unit: mg/dL
          present: {below: 8.2}
          absent: {at_least: 8.4}
"""
ORDER = """\
change:
  orders:
    calcium:
      text: Calcium (CA)
      local_code: calcium-here
"""


def bundle(site: Site) -> Bundle:
    reading = site.read()
    assert reading.bundle is not None, reading.problems
    return reading.bundle


def criteria(bundle: Bundle) -> tuple[Criterion, ...]:
    (by,) = bundle.findings["low-calcium"].recognised_by
    assert by.measurement is not None
    return by.measurement.by


def test_one_that_says_nothing_changes_the_revision_alone(tmp_path: Path) -> None:
    base, site = load(SMALL), bundle(Site.bare(tmp_path))
    assert (base.overlay, site.causes, site.orders) == (None, base.causes, base.orders)
    assert site.overlay is not None
    assert (site.overlay.name, site.overlay.version) == ("example-hospital", "2026.1")
    assert site.revision != base.revision
    assert site.revision == load(SMALL, tmp_path / "site").revision


def test_its_content_counts_for_the_revision(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    before = bundle(site).revision
    site.write("references.yaml", "references: {}\n")
    assert bundle(site).revision != before


def test_a_cause_is_switched_off(tmp_path: Path) -> None:
    site = bundle(Site.bare(tmp_path, OFF))
    assert set(site.causes) == {"hypocalcaemia"}
    assert site.causes["hypocalcaemia"].look_alikes == ()
    assert site.causes["hypocalcaemia"].more_general == ()
    assert load(SMALL).causes["hypocalcaemia"].look_alikes == ("plain-cramp",)


def test_what_is_switched_off_takes_its_vignettes_along(tmp_path: Path) -> None:
    files, problems = vignettes(SMALL, Site.bare(tmp_path, OFF).folder)
    assert problems == []
    assert Path("causes/plain-cramp.test.yaml") not in files
    assert Path("causes/hypocalcaemia.test.yaml") in files


def test_a_red_flag_is_switched_off_with_a_warning_each_time(tmp_path: Path) -> None:
    site = Site.bare(tmp_path, FLAG_OFF)
    assert site.told() == [("K013", "overlay.yaml", 8)]
    assert bundle(site).red_flags == {}


@pytest.mark.parametrize("missing", ["reason", "agreed_by"])
def test_a_red_flag_needs_a_reason_and_somebody_who_answers_for_it(
    tmp_path: Path, missing: str
) -> None:
    lines = [line for line in FLAG_OFF.splitlines(True) if missing not in line]
    assert ("K202", "overlay.yaml", 9) in Site.bare(tmp_path, "".join(lines)).told()


def test_a_threshold_is_changed(tmp_path: Path) -> None:
    first, second = criteria(bundle(Site.bare(tmp_path, THRESHOLD)))
    assert (first.present, first.absent) == (Range(below=8.2), Range(at_least=8.4))
    assert first.laboratory_range is Side.LOW
    assert second == criteria(load(SMALL))[1]


def test_a_threshold_may_count_before_the_laboratorys_own_range(tmp_path: Path) -> None:
    text = THRESHOLD + "          laboratory_range_decides: false\n"
    assert criteria(bundle(Site.bare(tmp_path, text)))[0].laboratory_range is None


def test_an_order_is_called_as_it_is_called_here(tmp_path: Path) -> None:
    order = bundle(Site.bare(tmp_path, ORDER).with_codes()).orders["calcium"]
    assert (order.text, order.code, order.local_code) == (
        "Calcium (CA)", "calcium-total", "calcium-here",
    )  # fmt: skip
    assert order.satisfied_by == ("calcium-total", "calcium-here")


def test_codes_are_added_to_a_key_of_the_base(tmp_path: Path) -> None:
    codes = bundle(Site.bare(tmp_path).with_codes()).concepts["tetany"].codes
    assert [(code.system, code.code) for code in codes] == [
        ("SCT", "10629009"),
        ("EXAMPLE", "TET1"),
    ]


def test_a_new_cause_comes_with_its_vignettes_and_references(tmp_path: Path) -> None:
    site = Site.bare(tmp_path).with_cause()
    assert site.told() == []
    assert "overuse" in bundle(site).causes
    assert {"of-the-site", "made-up-2026"} == set(bundle(site).references)
    assert site.folder.absolute() / "causes/overuse.test.yaml" in site.read().vignettes


def test_a_vignette_for_a_rule_of_the_base_may_stand_in_the_overlay(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    text = (SMALL / "causes/plain-cramp.test.yaml").read_text(encoding="utf-8")
    site.write("causes/plain-cramp.test.yaml", text)
    assert site.told() == []
    assert len(site.read().vignettes) == len(vignettes(SMALL)[0]) + 1


def test_the_base_alone_has_a_lock(tmp_path: Path) -> None:
    assert site_codes(Site.bare(tmp_path, THRESHOLD)) == set()


def site_codes(site: Site) -> set[str]:
    return {problem.code for problem in site.read().problems}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        load(SMALL, tmp_path / "none")
    assert [problem.code for problem in caught.value.problems] == ["K004"]


def test_the_two_tables_of_code_systems_are_one(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    site.write("terminology/systems.yaml", SYSTEMS)
    assert set(bundle(site).systems) == {*load(SMALL).systems, "EXAMPLE"}
