"""An overlay is checked and tested together with the rules that it lies over."""

import json
from pathlib import Path
from xml.etree import ElementTree  # what is read here was just written by ourselves

import pytest
from typer.testing import CliRunner, Result

from orbicularis.cli.main import app
from tests.hiccups.call import RULES

HEAD = """\
# yaml-language-server: $schema=schema/overlay.schema.json
name: example-hospital
title: Example Hospital
version: "2026.1"
base: hiccups-example
"""
THRESHOLD = """\
change:
  findings:
    high-creatinine:
      reason: the limits of our laboratory
      thresholds:
        creatinine:
          unit: umol/L
          present: {above: 130}
          absent: {at_most: 120}
"""
CHANGED = "a creatinine just above the limit, in mg/dL"
IN_BETWEEN = "a creatinine in between"
FILE = "causes/uraemia.test.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def invoked(command: str, site: Path, more: str, *options: str) -> Result:
    (site / "overlay.yaml").write_text(HEAD + more)
    return CliRunner().invoke(app, [command, str(RULES), "--overlay", str(site), *options])


def test_check_names_both_with_their_versions(site: Path) -> None:
    told = invoked("check", site, "")
    assert told.exit_code == 0
    assert "hiccups-example 0.1.0 with overlay example-hospital 2026.1, revision" in told.output
    held = json.loads(invoked("check", site, "", "--format", "json").stdout)["bundle"]
    assert (held["overlay"], held["min_status"]) == ("example-hospital 2026.1", "active")


@pytest.mark.parametrize(
    ("named", "warned"),
    [
        ("../../rules/schema/overlay.schema.json", False),
        ("https://example.org/schema/overlay.schema.json", False),
        ("../schema/cause.schema.json", True),
        ("", True),
    ],
)
def test_its_schema_may_lie_anywhere(site: Path, named: str, warned: bool) -> None:
    text = HEAD.replace("schema/overlay.schema.json", named)
    (site / "overlay.yaml").write_text(text)
    told = CliRunner().invoke(app, ["check", str(RULES), "--overlay", str(site)])
    assert told.exit_code == 0
    assert ("K006" in told.output) is warned


def test_check_tells_a_problem_at_its_place_in_the_overlay(site: Path) -> None:
    told = invoked("check", site, "switch_off:\n  causes:\n    uremia: no reason\n")
    assert told.exit_code == 1
    assert f"{site}/overlay.yaml:8:5: error[K311]" in told.output
    assert 'did you mean "uraemia"?' in told.output


def test_an_overlay_that_changes_no_outcome_passes(site: Path) -> None:
    told = invoked("test", site, THRESHOLD.replace("130", "121").replace("120", "111"))
    assert (told.exit_code, "16 passed, 0 failed" in told.output) == (0, True), told.output


def test_a_vignette_of_the_base_that_fails_because_of_it_is_told_as_such(site: Path) -> None:
    told = invoked("test", site, THRESHOLD)
    assert told.exit_code == 1
    assert told.output.count("because of the overlay: the base alone gives") == 2
    assert CHANGED in told.output
    assert IN_BETWEEN in told.output


def test_what_is_meant_to_come_out_otherwise_does_not_fail(site: Path) -> None:
    listed = f"other_outcomes:\n  {FILE}:\n    - {CHANGED}\n    - {IN_BETWEEN}\n"
    told = invoked("test", site, THRESHOLD + listed)
    assert told.exit_code == 0, told.output
    assert "14 passed, 0 failed, 2 otherwise, as the overlay means" in told.output
    said = json.loads(invoked("test", site, THRESHOLD + listed, "--format", "json").stdout)
    assert (said["passed"], said["failed"]) == (14, 0)
    assert {case["name"] for case in said["cases"] if case["because_of_overlay"]} == {
        CHANGED, IN_BETWEEN,
    }  # fmt: skip
    junit = invoked("test", site, THRESHOLD + listed, "--format", "junit").stdout
    root = ElementTree.fromstring(junit)  # noqa: S314 - as above
    assert (root.get("failures"), root.get("skipped")) == ("0", "2")


def test_what_expects_a_red_flag_that_is_switched_off_is_meant(site: Path) -> None:
    off = "switch_off:\n  red_flags:\n    hiccups-with-weakness: {reason: a, agreed_by: b}\n"
    told = invoked("test", site, off)
    assert told.exit_code == 0, told.output


def test_a_vignette_of_the_overlay_itself_just_fails(site: Path) -> None:
    (site / "well").mkdir()
    (site / "well/ours.yaml").write_text(
        "service: hiccups\nvignettes:\n  - name: has some\n    patient:\n      observations:\n"
        "        - {text: Hiccups}\n    expect: {nothing: true}\n"
    )
    told = invoked("test", site, "")
    assert told.exit_code == 1
    assert f"{site}/well/ours.yaml:3: has some" in told.output
    assert "because of the overlay" not in told.output


def test_a_draft_counts_when_drafts_are_asked_for(site: Path) -> None:
    (site / "causes").mkdir()
    text = (RULES / "causes/uraemia.yaml").read_text().replace("uraemia", "drafted", 1)
    (site / "causes/drafted.yaml").write_text(text.replace("status: active", "status: draft"))
    tests = (RULES / FILE).read_text().replace("uraemia", "drafted")
    (site / "causes/drafted.test.yaml").write_text(tests)
    assert "2 causes" in invoked("check", site, "").output
    assert "16 passed" in invoked("test", site, "").output
    draft = ("--min-status", "draft")
    assert "2026.1, from draft on, revision" in invoked("check", site, "", *draft).output
    assert "3 causes" in invoked("check", site, "", *draft).output
    assert "a creatinine in between" in invoked("test", site, "", "--show", *draft).output
