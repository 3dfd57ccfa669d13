"""What is wrong in an overlay is told in the overlay, at its line."""

from pathlib import Path

import pytest

from tests.knowledge.builder import SMALL, Copy
from tests.knowledge.overlays import CODES, HEAD, NEW_CAUSE, REFERENCES, SYSTEMS, Site
from tests.knowledge.test_overlay import ORDER, THRESHOLD


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ("switch_off:\n  causes:\n    plain-cramps: none\n", "K311", 8),
        ("switch_off:\n  red_flags:\n    gone: {reason: a, agreed_by: b}\n", "K320", 8),
        ("switch_off:\n  causes:\n    plain-cramp: ''\n", "K205", 8),
        ("switch_of:\n  causes: {}\n", "K201", 6),
        (ORDER, "K315", 10),
        ("change:\n  orders:\n    calcium: {}\n", "K209", 8),
        ("change:\n  orders:\n    sodium: {text: Sodium}\n", "K312", 8),
        (THRESHOLD.replace(" calcium:", " albumin:"), "K014", 11),
        (THRESHOLD.replace(" calcium:", " calcum:"), "K014", 11),
        (THRESHOLD.replace("below: 8.2", "below: 9.2"), "K503", 14),
        (THRESHOLD.replace("mg/dL", "mmol"), "K505", 12),
        ("other_outcomes:\n  causes/plain-cramp.test.yaml: [typical, none]\n", "K015", 7),
        ("other_outcomes:\n  causes/none.test.yaml: [typical]\n", "K015", 7),
    ],
)
def test_overlay_yaml(tmp_path: Path, more: str, code: str, line: int) -> None:
    assert (code, "overlay.yaml", line) in Site.bare(tmp_path, more).told()


def test_it_is_made_for_another_bundle(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    site.write("overlay.yaml", HEAD.replace("cramps", "hiccups"))
    assert site.told() == [("K010", "overlay.yaml", 5)]


def test_it_has_no_head(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("references.yaml", REFERENCES)
    assert site.told() == [("K001", "overlay.yaml", 1)]


@pytest.mark.parametrize("file", ["bundle.yaml", "language.yaml", "causes/plain.yml"])
def test_what_belongs_to_a_base_is_read_by_nobody(tmp_path: Path, file: str) -> None:
    site = Site.bare(tmp_path)
    site.write(file, "name: a\n")
    assert site.told() == [("K002", file, 1)]


def test_it_brings_a_rule_that_the_base_has(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    text = (SMALL / "causes/plain-cramp.yaml").read_text(encoding="utf-8")
    site.write("causes/plain-cramp.yaml", text)
    assert ("K011", "causes/plain-cramp.yaml", 2) in site.told()


def test_it_brings_a_code_system_that_the_base_has(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    site.write("terminology/systems.yaml", SYSTEMS.replace("EXAMPLE", "LOINC"))
    assert ("K011", "terminology/systems.yaml", 3) in site.told()


def test_it_brings_a_reference_that_the_base_has(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    site.write("references.yaml", REFERENCES.replace("of-the-site", "made-up-2026"))
    assert site.told() == [("K011", "references.yaml", 3)]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("preferred_term: Tetany", "preferred_term: Tetanus", "K012", 4),
        ("code: TET1", "code: tet1", "K401", 6),
        ("system: EXAMPLE, code: TET1", "system: EXAMPEL, code: TET1", "K318", 6),
        ("TET1, display: Tetany here", "LAB7, display: Tetany here", "K403", 10),
    ],
)
def test_its_codes(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    site = Site.bare(tmp_path).with_codes()
    site.write("terminology/local.yaml", CODES.replace(old, new))
    assert site.told() == [(code, "terminology/local.yaml", line)]


def test_its_new_rules_are_checked_like_any_other(tmp_path: Path) -> None:
    site = Site.bare(tmp_path).with_cause()
    site.write("causes/overuse.yaml", NEW_CAUSE.replace("finding: tetany", "finding: tetani"))
    assert site.told() == [("K310", "causes/overuse.yaml", 16)]


def test_its_new_rules_do_not_name_what_it_switches_off(tmp_path: Path) -> None:
    site = Site.bare(tmp_path, "switch_off:\n  causes:\n    plain-cramp: nobody has it\n")
    assert site.with_cause().told() == [("K302", "causes/overuse.yaml", 22)]


def test_a_test_without_a_rule_in_either(tmp_path: Path) -> None:
    site = Site.bare(tmp_path)
    site.write("causes/none.test.yaml", "service: cramps\n")
    assert ("K003", "causes/none.test.yaml", 1) in site.told()


def test_what_is_wrong_in_the_base_is_told_there(tmp_path: Path, copy: Copy) -> None:
    copy.change("causes/plain-cramp.yaml", "finding: tetany", "finding: tetani")
    site = Site.bare(tmp_path)
    problems = site.read(copy.folder).problems
    assert [(p.code, p.file, p.folder) for p in problems] == [
        ("K310", "causes/plain-cramp.yaml", "")
    ]
